import { readUnsigned } from "./number.ts";

/** IANA protocol numbers by the names that feeds write. */
const numbers = new Map(
  Object.entries({
    icmp: 1,
    igmp: 2,
    ipip: 4,
    tcp: 6,
    udp: 17,
    dccp: 33,
    gre: 47,
    esp: 50,
    ah: 51,
    icmp6: 58,
    icmpv6: 58,
    "ipv6-icmp": 58,
    ospf: 89,
    pim: 103,
    l2tp: 115,
    sctp: 132,
    udplite: 136,
  }),
);

const C = 0x63;
const P = 0x70;
const T = 0x74;
const U = 0x75;

/** The IANA number of a protocol's name or number (letter case does not matter), or -1 if it is not known. */
export function readProtocol(bytes: Uint8Array, from: number, to: number): number {
  if (to - from === 3 && (bytes[from + 2]! | 0x20) === P) {
    const first = bytes[from]! | 0x20;
    const second = bytes[from + 1]! | 0x20;
    if (first === T && second === C) return 6;
    if (first === U && second === 0x64) return 17;
  }
  if (to - from > 12) return -1;
  const number = readUnsigned(bytes, from, to, 255);
  if (number >= 0) return number;
  const word = String.fromCharCode(...bytes.subarray(from, to)).toLowerCase();
  return numbers.get(word) ?? -1;
}
