/** Refuses the rows of a part whose text has the code of another text. */
import { refusalsOfLines } from "../../core/observation/index.ts";
import { type Dropped, dropRows, type PartBatches } from "./drop-rows.ts";
import type { Session } from "./database.ts";
import { appendRefusals } from "./quarantine-appender.ts";
import type { Registry } from "./registry.ts";
import type { TextClash } from "./text-stage.ts";

/** A block of rows as it was appended: its batch, and the lines on which its rows begin. */
export interface AppendedBlock {
  readonly batch: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * Drops the rows that a clash concerns and puts them into the quarantine. The store has them as columns only: what stands there
 * is their line, and no raw row.
 */
export async function refuseClashes(
  session: Session,
  registry: Registry,
  part: PartBatches,
  blocks: readonly AppendedBlock[],
  clashes: readonly TextClash[],
): Promise<Dropped> {
  await stagePlaces(session, blocks, clashes);
  await stageFacets(session, registry, clashes);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE clashed AS
       SELECT DISTINCT o.batch, o.line, o.identity FROM observation o
       JOIN clash_place p ON p.batch = o.batch AND o.line BETWEEN p.first AND p.last
       LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
       WHERE o.batch >= ${part.firstBatch} AND (
         p.code IN (o.event_id, o.extra, o.victim_extra)
         OR p.code IN (coalesce(d.victim_host, 0), coalesce(d.origin_host, 0), coalesce(d.url, 0))
         OR (p.code, o.facet) IN (SELECT (code, facet) FROM clash_facet))`,
  );
  await quarantine(session, part);
  const which = "(batch, line, identity) IN (SELECT (batch, line, identity) FROM clashed)";
  const dropped = await dropRows(session, part, which, "refused");
  for (const table of ["clash_place", "clash_facet", "clashed"])
    await session.run(`DROP TABLE ${table}`);
  return dropped;
}

async function stagePlaces(
  session: Session,
  blocks: readonly AppendedBlock[],
  clashes: readonly TextClash[],
): Promise<void> {
  await session.run(
    "CREATE OR REPLACE TEMP TABLE clash_place (code UBIGINT, batch UINTEGER, first UINTEGER, last UINTEGER)",
  );
  for (const { code, from, until } of clashes)
    for (const { batch, firstLine, lastLine } of blocks.slice(from, until))
      // A block of which no row was kept has no lines.
      if (firstLine <= lastLine)
        await session.run("INSERT INTO clash_place VALUES ($1::UBIGINT, $2, $3, $4)", [
          String(code),
          batch,
          firstLine,
          lastLine,
        ]);
}

/** Family and sector stand in the facet of a row, which the store's tables do not have yet. */
async function stageFacets(
  session: Session,
  registry: Registry,
  clashes: readonly TextClash[],
): Promise<void> {
  await session.run("CREATE OR REPLACE TEMP TABLE clash_facet (code UBIGINT, facet UINTEGER)");
  for (const { code } of clashes)
    for (const [id, facet] of registry.facets.entries())
      if (isOneOf(code, facet.familyLo, facet.familyHi, facet.sectorLo, facet.sectorHi))
        await session.run("INSERT INTO clash_facet VALUES ($1::UBIGINT, $2)", [String(code), id]);
}

function isOneOf(code: bigint, ...words: readonly number[]): boolean {
  const lo = Number(code & 0xffffffffn);
  const hi = Number(code >> 32n);
  return (words[0] === lo && words[1] === hi) || (words[2] === lo && words[3] === hi);
}

async function quarantine(session: Session, { batches }: PartBatches): Promise<void> {
  const rows = await session.rows<{ batch: number; line: number }>(
    "SELECT batch, line FROM clashed ORDER BY batch, line",
  );
  for (const { id, quarantine: open } of batches) {
    const lines = rows.filter(({ batch }) => batch === id).map(({ line }) => line);
    appendRefusals(session, id, open, refusalsOfLines(lines, "text-collision"));
  }
}
