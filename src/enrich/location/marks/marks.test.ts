import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { addressFromText } from "../../../core/network/index.ts";
import { markCodes } from "../../../core/observation/index.ts";
import { cidrSpan } from "../../shared/prefix.ts";
import { openLocator } from "../locator.ts";
import { packLocation } from "../pack.ts";
import { RangeSet } from "../ranges.ts";
import { specialPurposeRanges } from "./special-purpose.ts";
import { warningListFiles, warningListRanges } from "./warning-lists.ts";

describe("marks", async () => {
  const locator = openLocator(
    packLocation({
      countries: [],
      asns: [],
      reserved: specialPurposeRanges(),
      allowReserved: new RangeSet(),
      marks: await warningListRanges(),
    }),
  );
  const markOf = (text: string): number => {
    const { version, w0, w1, w2, w3 } = addressFromText(text)!;
    return locator.marks[version === 4 ? locator.place4(w3) : locator.place6(w0, w1, w2, w3)]!;
  };

  it.each([
    "0.0.0.0",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "100::1",
    "64:ff9b:1::1",
    "2001:2::1",
    "2001:db8::1",
    "4000::",
    "fc00::1",
    "fe80::1",
    "ff02::1",
  ])("%s is reserved", (address) => {
    expect(markOf(address)).toBe(markCodes.reserved);
  });

  it.each([
    "9.255.255.255",
    "11.0.0.0",
    "100.128.0.0",
    "172.32.0.0",
    "192.0.0.9",
    "192.0.1.0",
    "192.175.48.1",
    "198.20.0.0",
    "223.255.255.255",
    "2001::1",
    "2001:1::1",
    "2002::1",
    "2400::1",
    "3fff::1",
  ])("%s is not reserved", (address) => {
    expect(markOf(address)).toBe(markCodes.none);
  });

  it.each([
    ["8.8.8.8", "publicResolver"],
    ["114.114.114.114", "publicResolver"],
    ["2620:fe::fe", "publicResolver"],
    ["104.16.0.1", "cdn"],
    ["2606:4700::1", "cdn"],
    ["104.105.0.1", "none"],
    ["104.244.12.1", "sinkhole"],
    ["52.95.110.1", "none"],
  ] as const)("%s is %s", (address, mark) => {
    expect(markOf(address)).toBe(markCodes[mark]);
  });

  it("has no line in the shipped lists that it cannot read", async () => {
    for (const path of warningListFiles())
      for (const line of (await readFile(path, "utf8")).trimEnd().split("\n"))
        if (!line.startsWith("#")) expect(cidrSpan(line.split(",")[0]!), line).toBeDefined();
  });
});
