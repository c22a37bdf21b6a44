import { deflateRawSync, inflateRawSync } from "node:zlib";
import { QUARANTINE_LIMIT } from "../../app/ports.ts";
import {
  bytesToRetry,
  isTextEnough,
  rawText,
  type Refusals,
} from "../../core/observation/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

/** `refused.apart` of a row of which bytes are missing. */
export const CUT = 0xffffffff;

/** How many bytes a batch keeps apart, before they are deflated. */
const BYTES_LIMIT = 64 << 20;

/** What a batch that is being written has in quarantine. */
export interface OpenQuarantine {
  kept: number;
  unkept: number;
  /** How many refused rows a line has. */
  readonly ofLine: Map<number, number>;
  /** The last number under which bytes are kept apart, and how many bytes they are in all. */
  lastApart: number;
  bytes: number;
}

/** That of a batch that begins. */
export function emptyQuarantine(): OpenQuarantine {
  return { kept: 0, unkept: 0, ofLine: new Map(), lastApart: 0, bytes: 0 };
}

interface Apart {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Keeps the refused rows of a block, with their reasons, in the part's transaction; at most so many of a batch. */
export function appendRefusals(
  session: Session,
  batch: number,
  open: OpenQuarantine,
  refusals: Refusals,
): void {
  const room = Math.min(refusals.count, QUARANTINE_LIMIT - open.kept);
  open.kept += room;
  open.unkept += refusals.count - room;
  if (room === 0) return;
  const apart: Apart[] = [];
  const appender = session.appender("refused");
  appender.words(0).fill(batch);
  for (let from = 0; from < room; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, room - from);
    for (let i = 0; i < rows; i++) {
      const at = from + i;
      const line = refusals.lines[at]!;
      const ordinal = (open.ofLine.get(line) ?? 0) + 1;
      open.ofLine.set(line, ordinal);
      const raw = rawText(refusals, at);
      appender.words(1)[2 * i] = line;
      appender.words(1)[2 * i + 1] = Math.floor(line / 2 ** 32);
      appender.texts(2)[i] = refusals.reasons[at]!;
      appender.texts(3)[i] = raw.replaceAll("\0", "\ufffd");
      appender.words(4)[i] = ordinal;
      appender.words(5)[i] = refusals.nth[at]!;
      appender.words(6)[i] = keepApart(refusals, at, raw, open, apart);
    }
    appender.flush(rows);
  }
  appender.close();
  appendBytes(session, batch, apart);
}

/** The number under which the row's bytes are kept; 0 if its text is enough. */
function keepApart(
  refusals: Refusals,
  at: number,
  raw: string,
  open: OpenQuarantine,
  apart: Apart[],
): number {
  const bytes = bytesToRetry(refusals, at);
  if (!bytes) return CUT;
  if (isTextEnough(refusals, at, raw)) return 0;
  const last = apart.at(-1);
  const same = last?.bytes.buffer === bytes.buffer && last.bytes.byteOffset === bytes.byteOffset;
  if (same && last.bytes.length === bytes.length) return last.id;
  open.bytes += bytes.length;
  if (open.bytes > BYTES_LIMIT) return CUT;
  apart.push({ id: ++open.lastApart, bytes });
  return open.lastApart;
}

function appendBytes(session: Session, batch: number, apart: readonly Apart[]): void {
  if (apart.length === 0) return;
  const appender = session.appender("refused_bytes");
  appender.words(0).fill(batch);
  for (let from = 0; from < apart.length; from += VECTOR_ROWS) {
    const some = apart.slice(from, from + VECTOR_ROWS);
    some.forEach(({ id, bytes }, i) => {
      appender.words(1)[i] = id;
      appender.texts(2)[i] = deflateRawSync(bytes);
    });
    appender.flush(some.length);
  }
  appender.close();
}

/** Bytes as they were kept. */
export function inflate(bytes: Uint8Array): Uint8Array {
  return inflateRawSync(bytes);
}
