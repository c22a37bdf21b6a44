import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isInternal } from "./index.ts";

it.each([
  ["10.255.255.255", true],
  ["11.0.0.0", false],
  ["100.127.255.255", true],
  ["100.128.0.0", false],
  ["172.31.0.1", true],
  ["172.32.0.1", false],
  ["198.19.255.255", true],
  ["223.255.255.255", false],
  ["224.0.0.1", true],
  ["255.255.255.255", true],
  ["::", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["::ffff:8.8.8.8", false],
  ["64:ff9b::808:808", true],
  ["2002:7f00:1::", true],
  ["fdff::1", true],
  ["febf::1", true],
  ["fec0::1", true],
  ["ff02::1", true],
  ["2001:db8::1", false],
  ["localhost", false],
  ["", false],
])("%s is inside: %s", (address, inside) => {
  expect(isInternal(address)).toBe(inside);
});

it("agrees with Node's own list for any IPv4 address", () => {
  const list = new BlockList();
  for (const [network, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["224.0.0.0", 3],
  ] as const)
    list.addSubnet(network, bits, "ipv4");
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(isInternal(address)).toBe(list.check(address, "ipv4"));
    }),
    { numRuns: 2_000 },
  );
});
