import type { FeedFormat, Reading } from "../../../app/ports.ts";
import {
  countSkips,
  ObservationBuilder,
  type ObservationColumns,
  plainObservations,
  type SkipCounts,
  sumSkips,
} from "../../../core/observation/index.ts";

/** One observation as a test writes it: what the row does not say is absent. */
export type Observed = Readonly<Record<string, unknown>>;

/** What became of a file. */
export interface Outcome {
  readonly reading: Reading;
  readonly lines: number;
  readonly rows: readonly Observed[];
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
  /** Skipped elements by reason. */
  readonly skips: SkipCounts;
}

const nowhere = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };
const END = Date.UTC(2100, 0, 1);

/** When a test takes its files: the moment of lists that say nothing of their own. */
export const takenAt = "2024-02-29T12:00:00.000Z";

/** Reads a file of a format, in blocks that end at line feeds and have about `blockSize` bytes; a document in one. */
export function observe(
  format: FeedFormat,
  name: string,
  file: Uint8Array,
  blockSize = Infinity,
): Outcome {
  const sample = { name, head: file.subarray(0, 65_536), takenAt };
  const reading = (format.recognise(sample) ?? format.lastly?.(sample))!;
  const reader = format.open(reading);
  const rows: Observed[] = [];
  const refusals: { line: number; reason: string }[] = [];
  let skips: SkipCounts = {};
  let line = 1 + reading.skip.lines;
  for (let at = reading.skip.bytes; at < file.length;) {
    const cut = reading.whole ? -1 : file.indexOf(10, Math.min(file.length, at + blockSize));
    const end = cut < 0 ? file.length : cut + 1;
    const options = {
      locator: nowhere,
      describeHost: () => ({ sector: "", country: 0 }),
      latest: END,
    };
    const builder = new ObservationBuilder(options, 16);
    line += reader.read(file.subarray(at, end), line, builder);
    const columns = builder.finish(line);
    for (const row of rowsOf(columns)) rows.push(row);
    columns.refusals.reasons.forEach((reason, i) =>
      refusals.push({ line: columns.refusals.lines[i]!, reason }),
    );
    skips = sumSkips(skips, countSkips(columns.skips));
    at = end;
  }
  return { reading, lines: line - 1 - reading.skip.lines, rows, refusals, skips };
}

function rowsOf(columns: ObservationColumns): Observed[] {
  return plainObservations(columns).map((plain, row) => ({
    line: plain.line,
    kind: plain.kind,
    seenAt: moment(plain.seenAt),
    ...present({
      seenUntil: plain.seenUntil && moment(plain.seenUntil),
      victim: plain.victim,
      victimPort: plain.victimPort,
      victimHost: plain.victimHost,
      origin: plain.origin,
      originPort: plain.originPort,
      originHost: plain.originHost,
      protocol: columns.facets.protocol[columns.facet[row]!],
      family: plain.family,
      url: plain.url,
      eventId: plain.eventId,
      count: plain.count,
    }),
    ...(plain.confidence === null ? {} : { confidence: plain.confidence }),
    tlp: plain.tlp,
    ...(plain.extra === "" ? {} : { extra: JSON.parse(plain.extra) as unknown }),
  }));
}

function present(fields: Record<string, unknown>): Observed {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value)));
}

function moment(time: string): string {
  return new Date(time).toISOString();
}
