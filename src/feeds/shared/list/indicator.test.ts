import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressText } from "../../../core/network/index.ts";
import { readIndicator } from "./indicator.ts";

const read = (text: string): unknown => {
  const found = readIndicator(text);
  return found?.address ? { ...found, address: addressText(found.address) } : found;
};

describe("readIndicator", () => {
  it.each([
    ["192.0.2.1", { address: "192.0.2.1" }],
    ["192.0.2.1:8080", { address: "192.0.2.1", port: 8080 }],
    ["[2001:db8::1]:443", { address: "2001:db8::1", port: 443 }],
    ["192.0.2.0/24", { host: "192.0.2.0/24" }],
    ["192.0.2.1/32", { address: "192.0.2.1" }],
    ["as64496", { host: "AS64496" }],
    ["Bad.Example.", { host: "bad.example" }],
    ["bad.example:8443", { host: "bad.example", port: 8443 }],
    ["http://bad.example/x", { host: "bad.example", url: "http://bad.example/x" }],
    [
      "hxxps://me@192[.]0[.]2[.]1:81/x",
      { address: "192.0.2.1", port: 81, url: "https://me@192.0.2.1:81/x" },
    ],
    ["bad.example/path", { host: "bad.example", url: "bad.example/path" }],
  ])("reads %s", (text, wanted) => {
    expect(read(text)).toEqual(wanted);
  });

  it.each(["", "word", "0.0.0.0", "192.0.2.999", "192.0.2.0/33", "/path", "two words", "a@b"])(
    "finds nobody in %j",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it("never throws", () => {
    const char = fc.constantFrom(..."0123456789.:/[]@abhtpx-#");
    fc.assert(fc.property(fc.string({ unit: char }), (text) => void readIndicator(text)));
  });
});
