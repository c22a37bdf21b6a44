/**
 * The identity key: 64 bits over everything that makes an event this event and no other. A redelivered row has the key of
 * the first and counts once. In it: kind, time, both addresses in full, both ports, protocol, family, both hosts, url and
 * the feed's event id. Not in it: count, confidence, TLP, location, sector, extra, file and line, which may differ between
 * two deliveries of one event. The feed is not in it either; a store keeps one row per feed, event day and key.
 *
 * As the time is in it, two rows of one key are of one day: with a million rows a day and feed the chance that any two
 * different events of a day share a key is about 3 in 10^8 (birthday bound on 2^64).
 */

let a = 0;
let b = 0;

/** Begins a key. */
export function beginIdentity(): void {
  a = 0x2545f491;
  b = 0x6c8e9cf5;
}

/** Adds one unsigned 32-bit word. */
export function addToIdentity(word: number): void {
  a = Math.imul(a ^ word, 0x85ebca6b);
  a = (a << 15) | (a >>> 17);
  b = Math.imul(b + word, 0xc2b2ae35) ^ (b >>> 13);
  b = (b << 11) | (b >>> 21);
}

/** Writes the key as words `at` (low) and `at + 1` (high). */
export function endIdentity(into: Uint32Array, at: number): void {
  let lo = a ^ ((b << 7) | (b >>> 25));
  let hi = b + Math.imul(a, 0x9e3779b1);
  lo = Math.imul(lo ^ (lo >>> 16), 0x7feb352d);
  lo = Math.imul(lo ^ (lo >>> 15), 0x846ca68b);
  hi = Math.imul(hi ^ (hi >>> 16), 0x21f0aaad);
  hi = Math.imul(hi ^ (hi >>> 15), 0x735a2d97);
  into[at] = (lo ^ (lo >>> 16)) >>> 0;
  into[at + 1] = (hi ^ (hi >>> 15)) >>> 0;
}
