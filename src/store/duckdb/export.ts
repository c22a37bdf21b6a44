/** Observations that a filter lets through, as records and as a Parquet file. */
import {
  type ObservationFilter,
  type ObservationRecord,
  recordFields,
  type Selection,
} from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { tlpCode } from "../../core/marking/index.ts";
import { type Kind, kindCode } from "../../core/taxonomy/index.ts";
import type { Session, Value } from "./database.ts";
import { readRecords } from "./records.ts";
import type { Registry } from "./registry.ts";
import { subjectCondition } from "./subject.ts";

/** The sessions that a selection needs: one reads the rows while the other reads their texts. */
interface Sessions {
  readonly read: Session;
  readonly texts: Session;
}

/** What the filter lets through; rows above its TLP are counted. */
export async function selectObservations(
  sessions: Sessions,
  registry: Registry,
  filter: ObservationFilter,
): Promise<Selection> {
  const { condition, values } = conditionOf(registry, filter);
  const allowed = facetsUpTo(registry, tlpCode(filter.maxTlp));
  const [{ n }] = (await sessions.read.rows<{ n: bigint }>(
    `SELECT count(*) AS n FROM observation o JOIN batch b ON b.id = o.batch
     LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity WHERE ${condition} AND NOT (${allowed})`,
    values,
  )) as [{ n: bigint }];
  const pages = readRecords(
    sessions,
    registry,
    `${condition} AND ${allowed} ORDER BY o.batch, o.line`,
    values,
  );
  return { withheld: Number(n), pages };
}

/** Writes what the filter lets through to a Parquet file. */
export async function exportParquet(
  sessions: Sessions,
  registry: Registry,
  path: string,
  filter: ObservationFilter,
): Promise<{ written: number; withheld: number }> {
  const { pages, withheld } = await selectObservations(sessions, registry, filter);
  try {
    return { written: await writeParquet(sessions.texts, pages, path), withheld };
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
  }
}

/** DuckDB's, of the file. */
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

async function writeParquet(
  session: Session,
  records: AsyncIterable<readonly ObservationRecord[]>,
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
