import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeReplyAddresses } from "./index.ts";

const addresses = makeReplyAddresses("cert@cert.example", createSecretKey(Buffer.alloc(32, 7)));
const id = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,30}$/);

it("gives back the alert, whatever a mail system did to the case", () => {
  fc.assert(
    fc.property(id, (alert) => {
      const address = addresses.addressOf(alert);
      expect(addresses.alertOf(address)).toBe(alert);
      expect(addresses.alertOf(address.toUpperCase())).toBe(alert);
    }),
  );
});

it("fits the local part of 64 octets", () => {
  const address = addresses.addressOf("A-20130531-000042");
  expect(address).toMatch(/^cert\+a-20130531-000042\.[a-z2-7]{16}@cert\.example$/);
  expect(address.indexOf("@")).toBeLessThanOrEqual(64);
});

it("knows no address that it did not make", () => {
  const address = addresses.addressOf("A-20130531-000042");
  const another = makeReplyAddresses("cert@cert.example", createSecretKey(Buffer.alloc(32, 8)));
  expect(another.alertOf(address)).toBeUndefined();
  expect(addresses.alertOf(address.replace("000042", "000043"))).toBeUndefined();
  expect(addresses.alertOf("cert@cert.example")).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => addresses.alertOf(text) === undefined));
});

it("finds no alert when one character is another", () => {
  const address = addresses.addressOf("A-20130531-000042");
  const [from, until] = [address.indexOf("+") + 1, address.indexOf("@")];
  for (let at = from; at < until; at++) {
    const other = address[at] === "b" ? "c" : "b";
    const changed = address.slice(0, at) + other + address.slice(at + 1);
    expect(addresses.alertOf(changed)).toBeUndefined();
  }
});
