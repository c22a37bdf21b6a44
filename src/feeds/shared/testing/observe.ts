import type { FeedFormat, Reading } from "../../../app/ports.ts";
import { tlpOfCode } from "../../../core/marking/index.ts";
import { ipv4Text, ipv6Text } from "../../../core/network/index.ts";
import {
  decodeText,
  joinExtra,
  ObservationBuilder,
  type ObservationColumns,
  readFacet,
} from "../../../core/observation/index.ts";
import { kindOfCode } from "../../../core/taxonomy/index.ts";

/** One observation as a test writes it: what the row does not say is absent. */
export type Observed = Readonly<Record<string, unknown>>;

/** What became of a file. */
export interface Outcome {
  readonly reading: Reading;
  readonly lines: number;
  readonly rows: readonly Observed[];
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

const nowhere = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };
const END = Date.UTC(2100, 0, 1);

/** When a test takes its files: the moment of lists that say nothing of their own. */
export const takenAt = "2024-02-29T12:00:00.000Z";

/** Reads a file of a format, in blocks that end at line feeds and have about `blockSize` bytes. */
export function observe(
  format: FeedFormat,
  name: string,
  file: Uint8Array,
  blockSize = Infinity,
): Outcome {
  const reading = format.recognise({ name, head: file.subarray(0, 65_536), takenAt })!;
  const reader = format.open(reading);
  const rows: Observed[] = [];
  const refusals: { line: number; reason: string }[] = [];
  let line = 1 + reading.skip.lines;
  for (let at = reading.skip.bytes; at < file.length;) {
    const cut = file.indexOf(10, Math.min(file.length, at + blockSize));
    const end = cut < 0 ? file.length : cut + 1;
    const options = {
      locator: nowhere,
      describeHost: () => ({ sector: "", country: 0 }),
      latest: END,
    };
    const builder = new ObservationBuilder(options, 16);
    line += reader.read(file.subarray(at, end), line, builder);
    const columns = builder.finish(line);
    for (let row = 0; row < columns.rows; row++) rows.push(rowOf(columns, row));
    columns.refusals.reasons.forEach((reason, i) =>
      refusals.push({ line: columns.refusals.lines[i]!, reason }),
    );
    at = end;
  }
  return { reading, lines: line - 1 - reading.skip.lines, rows, refusals };
}

function rowOf(c: ObservationColumns, at: number): Observed {
  const texts = textsOf(c);
  const facet = readFacet(c.facets, c.facet[at]!);
  const text = (codes: Uint32Array): string | undefined =>
    texts(codes[2 * at]!, codes[2 * at + 1]!);
  const extra = joinExtra(text(c.victimExtra) ?? "", text(c.extra) ?? "");
  return present({
    line: c.line[at],
    kind: kindOfCode(facet.kind),
    seenAt: moment(c.seenAt, at),
    seenUntil: moment(c.seenUntil, at),
    victim: address(c.victim, c.victimLow, at),
    victimPort: c.victimPort[at],
    victimHost: text(c.victimHost),
    origin: address(c.origin, c.originLow, at),
    originPort: c.originPort[at],
    originHost: text(c.originHost),
    protocol: facet.protocol,
    family: texts(facet.familyLo, facet.familyHi),
    url: text(c.url),
    eventId: text(c.eventId),
    count: c.count[at],
    confidence: facet.confidence === 255 ? undefined : facet.confidence,
    tlp: tlpOfCode(facet.tlp),
    extra: extra === "" ? undefined : (JSON.parse(extra) as unknown),
  });
}

function present(fields: Record<string, unknown>): Observed {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== 0),
  );
}

function textsOf({ texts }: ObservationColumns): (lo: number, hi: number) => string | undefined {
  return (lo, hi) => {
    const own = decodeText(lo, hi);
    if (own !== undefined) return own === "" ? undefined : own;
    for (let i = 0; i < texts.count; i++)
      if (texts.codes[2 * i] === lo && texts.codes[2 * i + 1] === hi)
        return Buffer.from(
          texts.bytes.subarray(i === 0 ? 0 : texts.ends[i - 1], texts.ends[i]),
        ).toString();
    return "(a text that the block does not hold)";
  };
}

function moment(column: Uint32Array, at: number): string | undefined {
  const ms = column[2 * at + 1]! * 4_294_967_296 + column[2 * at]!;
  return ms === 0 ? undefined : new Date(ms).toISOString();
}

function address(key: Uint32Array, low: Uint32Array, at: number): string | undefined {
  const [k0, k1, l0, l1] = [key[2 * at]!, key[2 * at + 1]!, low[2 * at]!, low[2 * at + 1]!];
  if (k1 === 0 && l0 === 0 && l1 === 0) return k0 === 0 ? undefined : ipv4Text(k0);
  return ipv6Text(k1, k0, l1, l0);
}
