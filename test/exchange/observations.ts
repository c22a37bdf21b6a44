/** Observations of all sorts, for the tests of what leaves and comes back. */
import fc from "fast-check";
import type { ExchangeFormat, FeedFormat, ObservationRecord } from "../../src/app/ports.ts";
import { type Tlp, tlpCode, tlpLevels } from "../../src/core/marking/index.ts";
import { addressFromText } from "../../src/core/network/index.ts";
import {
  ObservationBuilder,
  type PlainObservation,
  plainObservations,
  rawText,
  utf8Bytes,
} from "../../src/core/observation/index.ts";
import { allKinds, type Kind, kindCode } from "../../src/core/taxonomy/index.ts";

/** One observation as a test writes it: what it does not say is absent. */
export interface Said {
  readonly kind: Kind;
  /** Milliseconds. */
  readonly seenAt: number;
  readonly seenUntil?: number;
  readonly victim?: string;
  readonly origin?: string;
  readonly victimPort?: number;
  readonly originPort?: number;
  readonly victimHost?: string;
  readonly originHost?: string;
  readonly protocol?: number;
  readonly family?: string;
  readonly url?: string;
  readonly eventId?: string;
  readonly count?: number;
  readonly confidence?: number;
  readonly tlp?: Tlp;
  readonly extra?: Readonly<Record<string, string>>;
}

const locator = {
  place4: () => 1,
  place6: () => 1,
  countries: [0, 0],
  asns: [0, 64_496],
  marks: [0, 0],
};

function newBuilder(): ObservationBuilder {
  const latest = Date.UTC(2100, 0, 1);
  const describeHost = () => ({ sector: "", country: 0 });
  return new ObservationBuilder({ locator, describeHost, latest }, 16);
}

/** The records that a store gives out of them. */
export function recordsOf(all: readonly Said[], feed = "sink-hole.a"): ObservationRecord[] {
  const builder = newBuilder();
  for (const [at, said] of all.entries()) addRow(builder, said, at + 1);
  return plainObservations(builder.finish(all.length)).map((plain) => ({
    ...plain,
    feed,
    file: "/private/place/of/ours.csv",
  }));
}

function addRow(builder: ObservationBuilder, said: Said, line: number): void {
  const { row } = builder;
  row.line = line;
  row.kind = kindCode(said.kind);
  row.seenAt = said.seenAt;
  row.seenUntil = said.seenUntil ?? 0;
  row.victimPort = said.victimPort ?? 0;
  row.originPort = said.originPort ?? 0;
  row.protocol = said.protocol ?? 0;
  row.count = said.count ?? 1;
  row.confidence = said.confidence ?? 255;
  row.tlp = tlpCode(said.tlp ?? "green");
  if (said.victim) Object.assign(row.victim, addressFromText(said.victim));
  if (said.origin) Object.assign(row.origin, addressFromText(said.origin));
  for (const name of ["victimHost", "originHost", "family", "url", "eventId"] as const)
    putText(builder, said[name] ?? "", row[name]);
  putText(builder, said.extra ? JSON.stringify(said.extra) : "", row.extra);
  builder.add(new Uint8Array(), 0, 0);
}

function putText(
  builder: ObservationBuilder,
  text: string,
  ref: ObservationBuilder["row"]["family"],
): void {
  const bytes = utf8Bytes(text);
  if (bytes.length > 0) builder.text(bytes, 0, bytes.length, ref);
}

/** A file of the records, and how many of them are in it. */
export function write(
  format: ExchangeFormat,
  pages: readonly (readonly ObservationRecord[])[],
): { text: string; written: number } {
  const writer = format.open();
  let text = writer.begin();
  let written = 0;
  for (const page of pages) {
    const said = writer.write(page);
    text += said.text;
    written += said.written;
  }
  return { text: text + writer.end(), written };
}

/** The observations that a feed format reads in a file; nothing may be refused. */
export function read(format: FeedFormat, text: string): PlainObservation[] {
  const bytes = utf8Bytes(text);
  const reading = format.recognise({ name: "export", head: bytes.subarray(0, 65_536) });
  if (!reading) throw new TypeError(`${format.name} does not know its own: ${text.slice(0, 300)}`);
  const builder = newBuilder();
  format.open(reading).read(bytes.slice(reading.skip.bytes), 1 + reading.skip.lines, builder);
  const columns = builder.finish(1);
  if (columns.refusals.count > 0)
    throw new TypeError(`${columns.refusals.reasons[0]}: ${rawText(columns.refusals, 0)}`);
  return plainObservations(columns);
}

const four = fc
  .tuple(fc.constantFrom("192.0.2", "198.51.100", "203.0.113"), fc.integer({ min: 0, max: 255 }))
  .map(([network, host]) => `${network}.${host}`);
const six = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 6, maxLength: 6 })
  .map((words) => `2001:db8:${words.map((word) => word.toString(16)).join(":")}`);
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9_-]{0,8}[a-z0-9])?$/);
const host = fc.oneof(
  fc.tuple(label, label).map(([a, b]) => `${a}.${b}.example`),
  label.map((name) => `*.${name}.例子`),
  fc.constantFrom("localhost", "unknown", "bücher.example", "_dmarc.x.example"),
);
const word = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 24 }),
    fc.string({ minLength: 1, maxLength: 24 }),
    fc.constantFrom(
      "Emotet",
      "win.qakbot",
      "'=1+2",
      "=cmd|'/c'!A0",
      `a"b\\c,d;e`,
      '"json"',
      "12345678901234",
    ),
  )
  // Readers take blanks around a text for nothing, and no feed can bring a NUL.
  .map((text) => text.replaceAll("\0", "").trim())
  .filter((text) => Buffer.from(text).toString() === text);
const path = fc.webPath();
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  path,
  fc.tuple(four, path).map(([address, rest]) => `http://${address}:8080${rest}`),
  fc.tuple(host, path).map(([name, rest]) => `https://user@${name}${rest}`),
  word,
);
const port = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 65_535 }));
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Any observation: a pair, a listing, a victim alone; of every kind. */
export const anyObservation: fc.Arbitrary<Said> = fc
  .record({
    kind: fc.constantFrom(...allKinds),
    seenAt: fc.integer({ min: Date.UTC(1996), max: Date.UTC(2099) }),
    seenUntil: some(fc.integer({ min: 0, max: 86_400_000 })),
    victim: some(fc.oneof(four, six)),
    origin: some(fc.oneof(four, six)),
    victimPort: port,
    originPort: port,
    victimHost: some(host),
    originHost: some(host),
    protocol: fc.oneof(fc.constantFrom(0, 1, 6, 17, 47, 58, 132), fc.integer({ min: 0, max: 255 })),
    family: some(word),
    url: some(url),
    eventId: some(fc.oneof(word, fc.uuid(), fc.stringMatching(/^[0-9a-f]{32}$/))),
    count: fc.integer({ min: 1, max: 0xffffffff }),
    confidence: some(fc.integer({ min: 0, max: 100 })),
    tlp: fc.constantFrom(...tlpLevels),
    extra: some(
      fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), word, { minKeys: 1, maxKeys: 4 }),
    ),
  })
  .filter(({ victim, origin, victimHost, originHost }) =>
    Boolean(victim ?? origin ?? victimHost ?? originHost),
  )
  .map(({ seenUntil, ...said }) => {
    const given = { ...said, ...(seenUntil ? { seenUntil: said.seenAt + seenUntil } : {}) };
    return Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as unknown as Said;
  });
