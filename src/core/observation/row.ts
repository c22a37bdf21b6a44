import { type AddressWords, emptyAddress } from "../network/index.ts";

/** A dictionary code while a row is built. */
export interface TextRef {
  lo: number;
  hi: number;
}

/**
 * One observation while a feed reads it: a single mutable record that is used again for every row, so that the hot path
 * makes no garbage. Numbers are 0 where the feed does not say.
 */
export interface RowFields {
  /** Line on which the row begins, from 1. */
  line: number;
  /** Kind code. */
  kind: number;
  /** Event time, ms since 1970. */
  seenAt: number;
  /** End of the span that the row asserts, ms since 1970; 0 if it asserts a moment. */
  seenUntil: number;
  victim: AddressWords;
  origin: AddressWords;
  victimPort: number;
  originPort: number;
  /** IANA protocol number: 6 TCP, 17 UDP, 1 ICMP. */
  protocol: number;
  family: TextRef;
  victimHost: TextRef;
  originHost: TextRef;
  url: TextRef;
  eventId: TextRef;
  extra: TextRef;
  victimExtra: TextRef;
  count: number;
  /** 0 to 100, 255 unknown. */
  confidence: number;
  tlp: number;
}

/** A row with nothing in it. */
export function emptyRow(): RowFields {
  const text = (): TextRef => ({ lo: 0, hi: 0 });
  return {
    line: 0,
    kind: 0,
    seenAt: 0,
    seenUntil: 0,
    victim: emptyAddress(),
    origin: emptyAddress(),
    victimPort: 0,
    originPort: 0,
    protocol: 0,
    family: text(),
    victimHost: text(),
    originHost: text(),
    url: text(),
    eventId: text(),
    extra: text(),
    victimExtra: text(),
    count: 1,
    confidence: 255,
    tlp: 0,
  };
}
