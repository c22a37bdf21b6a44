/** Writes observations to a file in the form of ObservationRecord. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { ObservationFilter, ObservationRecord } from "../../app/ports.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { type Kind, kindCode } from "../../core/taxonomy/index.ts";
import type { Session, Value } from "./database.ts";
import { readRecords } from "./records.ts";
import type { Registry } from "./registry.ts";
import { subjectCondition } from "./subject.ts";

/** The formats that can be written. */
export type ExportFormat = "csv" | "jsonl" | "parquet";

/** Writes what the filter lets through; rows above its TLP are withheld and counted. */
export async function exportObservations(
  sessions: { read: Session; texts: Session },
  registry: Registry,
  path: string,
  format: ExportFormat,
  filter: ObservationFilter,
): Promise<{ written: number; withheld: number }> {
  const { condition, values } = conditionOf(registry, filter);
  const allowed = facetsUpTo(registry, tlpCode(filter.maxTlp));
  const [{ n }] = (await sessions.read.rows<{ n: bigint }>(
    `SELECT count(*) AS n FROM observation o JOIN batch b ON b.id = o.batch
     LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line WHERE ${condition} AND NOT (${allowed})`,
    values,
  )) as [{ n: bigint }];
  const records = readRecords(
    sessions,
    registry,
    `${condition} AND ${allowed} ORDER BY o.batch, o.line`,
    values,
  );
  const written =
    format === "parquet"
      ? await writeParquet(sessions.texts, records, path)
      : await writeLines(
          records,
          path,
          format === "csv" ? csvLine : JSON.stringify,
          format === "csv",
        );
  return { written, withheld: Number(n) };
}

function conditionOf(
  registry: Registry,
  filter: ObservationFilter,
): { condition: string; values: Value[] } {
  const parts = ["true"];
  const values: Value[] = [];
  if (filter.period) {
    values.push(
      BigInt(filter.period.from) * 86_400_000n,
      BigInt(filter.period.until) * 86_400_000n,
    );
    parts.push(
      "o.seen_at >= epoch_ms($1::BIGINT)::TIMESTAMP_MS AND o.seen_at < epoch_ms($2::BIGINT)::TIMESTAMP_MS",
    );
  }
  if (filter.feed !== undefined) parts.push(`b.feed = ${registry.feeds.indexOf(filter.feed)}`);
  if (filter.kind)
    parts.push(facetsWhere(registry, (facet) => facet.kind === kindCode(filter.kind as Kind)));
  for (const side of ["victim", "origin"] as const)
    if (filter[side] !== undefined) parts.push(subjectCondition(side, filter[side]) ?? "false");
  return { condition: parts.join(" AND "), values };
}

function facetsUpTo(registry: Registry, tlp: number): string {
  return facetsWhere(registry, (facet) => facet.tlp <= tlp);
}

function facetsWhere(
  registry: Registry,
  takes: (facet: Registry["facets"][number]) => boolean,
): string {
  const ids = registry.facets.flatMap((facet, id) => (takes(facet) ? [id] : []));
  if (ids.length === registry.facets.length) return "true";
  return ids.length === 0 ? "false" : `o.facet IN (${ids.join(",")})`;
}

const columns = [
  "seenAt",
  "seenUntil",
  "kind",
  "family",
  "victim",
  "victimPort",
  "victimHost",
  "victimCountry",
  "victimAsn",
  "origin",
  "originPort",
  "originHost",
  "originCountry",
  "originAsn",
  "protocol",
  "url",
  "sector",
  "count",
  "confidence",
  "tlp",
  "eventId",
  "feed",
  "file",
  "line",
  "identity",
  "extra",
] as const satisfies readonly (keyof ObservationRecord)[];

/** RFC 4180; a text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP "CSV injection"). */
function csvLine(record: ObservationRecord): string {
  return columns.map((name) => csvCell(record[name])).join(",");
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function writeLines(
  records: AsyncGenerator<ObservationRecord[]>,
  path: string,
  line: (record: ObservationRecord) => string,
  header: boolean,
): Promise<number> {
  const file = path === "-" ? process.stdout : createWriteStream(path);
  let written = 0;
  if (header) file.write(`${columns.join(",")}\r\n`);
  const end = header ? "\r\n" : "\n";
  for await (const page of records) {
    written += page.length;
    if (!file.write(page.map((record) => line(record) + end).join(""))) await once(file, "drain");
  }
  if (file !== process.stdout) {
    file.end();
    await finished(file);
  }
  return written;
}

async function writeParquet(
  session: Session,
  records: AsyncGenerator<ObservationRecord[]>,
  path: string,
): Promise<number> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE exported (${columns.map((name) => `"${name}" VARCHAR`).join(", ")})`,
  );
  const appender = session.appender("exported");
  let written = 0;
  for await (const page of records) {
    columns.forEach((name, column) =>
      page.forEach((record, row) => (appender.texts(column)[row] = String(record[name] ?? ""))),
    );
    appender.flush(page.length);
    written += page.length;
  }
  appender.close();
  const numbers = [
    "victimPort",
    "victimAsn",
    "originPort",
    "originAsn",
    "count",
    "line",
    "confidence",
  ];
  const typed = columns.map((name) => {
    if (name === "seenAt" || name === "seenUntil")
      return `nullif("${name}", '')::TIMESTAMPTZ AS "${name}"`;
    return numbers.includes(name) ? `nullif("${name}", '')::BIGINT AS "${name}"` : `"${name}"`;
  });
  await session.run(
    `COPY (SELECT ${typed.join(", ")} FROM exported) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
  );
  await session.run("DROP TABLE exported");
  return written;
}
