/** Observations written down as people say them, made into columns by the real builder. */
import { type Tlp, tlpCode } from "../../src/core/marking/index.ts";
import { addressFromText, emptyAddress } from "../../src/core/network/index.ts";
import {
  ObservationBuilder,
  type ObservationColumns,
  type RefusalReason,
  type SkipReason,
  type TextRef,
  utf8Bytes,
} from "../../src/core/observation/index.ts";
import { type Kind, kindCode } from "../../src/core/taxonomy/index.ts";
import { describeHost, locator } from "./fixture-map.ts";

/** One row of a feed. */
export interface Row {
  /** ISO 8601, or a day alone: noon UTC of it. */
  readonly at: string;
  readonly until?: string;
  /** `infected-system` if it is not said. */
  readonly kind?: Kind;
  readonly victim?: string;
  readonly victimPort?: number;
  readonly host?: string;
  readonly origin?: string;
  readonly originPort?: number;
  readonly originHost?: string;
  readonly protocol?: number;
  readonly family?: string;
  readonly url?: string;
  readonly eventId?: string;
  readonly count?: number;
  readonly confidence?: number;
  /** `green` if it is not said. */
  readonly tlp?: Tlp;
  readonly extra?: string;
}

/** A row that the feed refuses. */
export interface RefusedRow {
  readonly refused: RefusalReason;
  readonly raw: string;
}

/** An element that is neither an observation nor a mistake. */
export interface SkippedRow {
  readonly skipped: SkipReason;
}

/** Columns of rows on consecutive lines. */
export function rows(
  list: readonly (Row | RefusedRow | SkippedRow)[],
  firstLine = 2,
): ObservationColumns {
  const builder = new ObservationBuilder(
    { locator, describeHost, latest: Date.parse("2030-01-01") },
    Math.max(1, list.length),
  );
  list.forEach((row, at) => {
    if ("skipped" in row) builder.skip(row.skipped, firstLine + at);
    else if ("refused" in row) refuse(builder, row, firstLine + at);
    else add(builder, row, firstLine + at);
  });
  return builder.finish(list.length);
}

function refuse(builder: ObservationBuilder, row: RefusedRow, line: number): void {
  const raw = utf8Bytes(row.raw);
  builder.refuse(row.refused, line, raw, 0, raw.length);
}

function add(builder: ObservationBuilder, from: Row, line: number): void {
  const { row } = builder;
  const put = (text: string | undefined, into: TextRef): void => {
    const bytes = utf8Bytes(text ?? "");
    builder.text(bytes, 0, bytes.length, into);
  };
  row.line = line;
  row.kind = kindCode(from.kind ?? "infected-system");
  row.seenAt = timeOf(from.at);
  row.seenUntil = from.until ? timeOf(from.until) : 0;
  Object.assign(row.victim, addressOf(from.victim));
  Object.assign(row.origin, addressOf(from.origin));
  row.victimPort = from.victimPort ?? 0;
  row.originPort = from.originPort ?? 0;
  row.protocol = from.protocol ?? 0;
  put(from.family, row.family);
  put(from.host, row.victimHost);
  put(from.originHost, row.originHost);
  put(from.url, row.url);
  put(from.eventId, row.eventId);
  put(from.extra, row.extra);
  row.count = from.count ?? 1;
  row.confidence = from.confidence ?? 255;
  row.tlp = tlpCode(from.tlp ?? "green");
  builder.add(new Uint8Array(0), 0, 0);
}

function timeOf(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T12:00:00Z` : text);
}

function addressOf(text: string | undefined) {
  const address = text === undefined ? emptyAddress() : addressFromText(text);
  if (!address) throw new TypeError(`the fixture's address ${text} is none`);
  return address;
}
