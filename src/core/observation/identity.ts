/**
 * The identity key: 64 bits over everything that makes an event this event and no other. A redelivered row has the key of
 * the first and counts once. In it: kind, time, both addresses in full, both ports, protocol, family, both hosts, url and
 * the feed's event id. Not in it: count, confidence, TLP, location, sector, extra, file and line, which may differ between
 * two deliveries of one event. The feed is not in it either; a store keeps one row per feed, event day and key.
 *
 * As the time is in it, two rows of one key are of one day: with a million rows a day and feed the chance that any two
 * different events of a day share a key is about 3 in 10^8 (birthday bound on 2^64).
 */
import type { AddressWords } from "../network/index.ts";
import type { RowFields, TextRef } from "./row.ts";

/** The words of the key being made; never more than these. */
const words = new Int32Array(24);
let used = 0;

function addAddress(address: AddressWords): void {
  if (address.version === 6) {
    words[used++] = address.w0;
    words[used++] = address.w1;
    words[used++] = address.w2;
  }
  if (address.version !== 0) words[used++] = address.w3;
}

/** Adds a text that the row has. The bit says which of them it was. */
function addText(ref: TextRef, bit: number): number {
  if (ref.hi === 0) return 0;
  words[used++] = ref.lo;
  words[used++] = ref.hi;
  return bit;
}

/** Writes the row's identity key as words `at` (low) and `at + 1` (high). */
export function writeIdentity(row: RowFields, into: Uint32Array, at: number): void {
  // What the first two words say the row has, and nothing else, follows: so no two events have the same words.
  used = 2;
  words[used++] = row.seenAt;
  words[used++] = Math.floor(row.seenAt / 4294967296);
  words[used++] = row.victimPort | (row.originPort << 16);
  addAddress(row.victim);
  addAddress(row.origin);
  words[0] =
    row.kind | (row.protocol << 8) | (row.victim.version << 16) | (row.origin.version << 24);
  words[1] =
    addText(row.family, 1) |
    addText(row.victimHost, 2) |
    addText(row.originHost, 4) |
    addText(row.url, 8) |
    addText(row.eventId, 16);
  let a = 0x2545f491;
  let b = 0x6c8e9cf5;
  for (let i = 0; i < used; i++) {
    const word = words[i]!;
    a = Math.imul(a ^ word, 0x85ebca6b);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + word, 0xc2b2ae35) ^ (b >>> 13);
    b = (b << 11) | (b >>> 21);
  }
  let lo = a ^ ((b << 7) | (b >>> 25));
  let hi = b + Math.imul(a, 0x9e3779b1);
  lo = Math.imul(lo ^ (lo >>> 16), 0x7feb352d);
  lo = Math.imul(lo ^ (lo >>> 15), 0x846ca68b);
  hi = Math.imul(hi ^ (hi >>> 16), 0x21f0aaad);
  hi = Math.imul(hi ^ (hi >>> 15), 0x735a2d97);
  into[at] = (lo ^ (lo >>> 16)) >>> 0;
  into[at + 1] = (hi ^ (hi >>> 15)) >>> 0;
}
