/** Writes observations to a file in the form of ObservationRecord. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { ObservationFilter, ObservationRecord } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { type Kind, kindCode } from "../../core/taxonomy/index.ts";
import type { Session, Value } from "./database.ts";
import { readRecords } from "./records.ts";
import { csvHeader, csvLine, jsonLine, recordFields } from "../shared/record-text.ts";
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
     LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity WHERE ${condition} AND NOT (${allowed})`,
    values,
  )) as [{ n: bigint }];
  const records = readRecords(
    sessions,
    registry,
    `${condition} AND ${allowed} ORDER BY o.batch, o.line`,
    values,
  );
  try {
    return { written: await write(sessions.texts, records, path, format), withheld: Number(n) };
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
  }
}

function write(
  session: Session,
  records: AsyncGenerator<ObservationRecord[]>,
  path: string,
  format: ExportFormat,
): Promise<number> {
  if (format === "parquet") return writeParquet(session, records, path);
  if (format === "csv") return writeLines(records, path, csvLine, csvHeader);
  return writeLines(records, path, jsonLine, "");
}

/** Of Node's file system, or of DuckDB's. */
function isFileError(cause: unknown): boolean {
  return cause instanceof Error && ("syscall" in cause || cause.message.startsWith("IO Error"));
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

async function writeLines(
  records: AsyncGenerator<ObservationRecord[]>,
  path: string,
  line: (record: ObservationRecord) => string,
  header: string,
): Promise<number> {
  const file = path === "-" ? process.stdout : createWriteStream(path);
  if (file !== process.stdout) await once(file, "open");
  let written = 0;
  if (header) file.write(header);
  for await (const page of records) {
    written += page.length;
    if (!file.write(page.map(line).join(""))) await once(file, "drain");
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
    `CREATE OR REPLACE TEMP TABLE exported (${recordFields.map((name) => `"${name}" VARCHAR`).join(", ")})`,
  );
  const appender = session.appender("exported");
  let written = 0;
  for await (const page of records) {
    recordFields.forEach((name, column) =>
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
  const typed = recordFields.map((name) => {
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
