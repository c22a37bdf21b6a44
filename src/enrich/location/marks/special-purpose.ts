import { Fault } from "../../../core/fault.ts";
import { cidrSpan } from "../../shared/prefix.ts";
import { reach } from "../pack.ts";
import { RangeSet } from "../ranges.ts";

/** One block with a special purpose: what it is, by which RFC, and whether it can be met on the Internet. */
type Block = readonly [cidr: string, name: string, rfc: number, reach: "reserved" | "reachable"];

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries (2021-02-04, 2023-03-15; RFC 6890, RFC 8190) with their
 * column "globally reachable", multicast (RFC 5771, RFC 4291), and the IPv6 space that IANA has not opened (all but
 * 2000::/3). Blocks for which the registry says N/A (Teredo, 6to4) hold real hosts, so they are reachable here. An
 * IPv4-mapped address is the IPv4 address, so ::ffff:0:0/96 does not appear.
 */
const BLOCKS: readonly Block[] = [
  ["0.0.0.0/8", "this network", 791, "reserved"],
  ["10.0.0.0/8", "private use", 1918, "reserved"],
  ["100.64.0.0/10", "shared address space", 6598, "reserved"],
  ["127.0.0.0/8", "loopback", 1122, "reserved"],
  ["169.254.0.0/16", "link local", 3927, "reserved"],
  ["172.16.0.0/12", "private use", 1918, "reserved"],
  ["192.0.0.0/24", "IETF protocol assignments", 6890, "reserved"],
  ["192.0.0.9/32", "port control protocol anycast", 7723, "reachable"],
  ["192.0.0.10/32", "TURN anycast", 8155, "reachable"],
  ["192.0.2.0/24", "documentation", 5737, "reserved"],
  ["192.31.196.0/24", "AS112", 7535, "reachable"],
  ["192.52.193.0/24", "AMT", 7450, "reachable"],
  ["192.88.99.0/24", "6to4 relay anycast, deprecated", 7526, "reserved"],
  ["192.168.0.0/16", "private use", 1918, "reserved"],
  ["192.175.48.0/24", "AS112, direct delegation", 7534, "reachable"],
  ["198.18.0.0/15", "benchmarking", 2544, "reserved"],
  ["198.51.100.0/24", "documentation", 5737, "reserved"],
  ["203.0.113.0/24", "documentation", 5737, "reserved"],
  ["224.0.0.0/4", "multicast", 5771, "reserved"],
  ["240.0.0.0/4", "reserved for future use, limited broadcast", 1112, "reserved"],
  ["::/3", "not global unicast: loopback, unspecified, translation, discard", 4291, "reserved"],
  ["4000::/2", "not global unicast", 4291, "reserved"],
  ["8000::/1", "not global unicast: unique local, link local, multicast", 4291, "reserved"],
  ["64:ff9b::/96", "IPv4-IPv6 translation", 6052, "reachable"],
  ["2001::/23", "IETF protocol assignments", 2928, "reserved"],
  ["2001::/32", "Teredo", 4380, "reachable"],
  ["2001:1::1/128", "port control protocol anycast", 7723, "reachable"],
  ["2001:1::2/128", "TURN anycast", 8155, "reachable"],
  ["2001:2::/48", "benchmarking", 5180, "reserved"],
  ["2001:3::/32", "AMT", 7450, "reachable"],
  ["2001:4:112::/48", "AS112", 7535, "reachable"],
  ["2001:10::/28", "ORCHID, deprecated", 4843, "reserved"],
  ["2001:20::/28", "ORCHIDv2", 7343, "reachable"],
  ["2001:30::/28", "drone remote ID", 9374, "reachable"],
  ["2001:db8::/32", "documentation", 3849, "reserved"],
  ["2002::/16", "6to4", 3056, "reachable"],
];

/** Space that cannot be met on the Internet; the narrowest block decides. */
export function specialPurposeRanges(): RangeSet {
  const ranges = new RangeSet();
  for (const [cidr, , , kind] of BLOCKS) addCidr(ranges, cidr, reach[kind]);
  return ranges;
}

/** A set of CIDRs or single addresses, all with one value. Throws `config-invalid` for one that is malformed. */
export function cidrRanges(cidrs: readonly string[], value: number): RangeSet {
  const ranges = new RangeSet();
  for (const cidr of cidrs) addCidr(ranges, cidr, value);
  return ranges;
}

function addCidr(ranges: RangeSet, cidr: string, value: number): void {
  const span = cidrSpan(cidr.trim());
  if (span === undefined)
    throw new Fault("config-invalid", `"${cidr}" is no address range in CIDR form`);
  ranges.add(span.start, span.end, value);
}
