/**
 * Takes batches out of the store, within the transaction that puts others in their place: rows, refusals, journal, presences, and
 * their effect on the cube. Afterwards everything is as if they had never been there, but for texts, facets and dimensions, which
 * nothing counts by themselves.
 */
import {
  type CellChanges,
  orderByKey,
  PrevSeen,
  type Side,
  views,
} from "../../core/measure/index.ts";
import { countsSites, kindOfCode } from "../../core/taxonomy/index.ts";
import type { CellMemory } from "./cell-memory.ts";
import type { Session } from "./database.ts";
import { refoldTouched, stageTouchedAssets } from "./fold-findings.ts";
import { PresenceBuffer } from "./presence-buffer.ts";
import { stageFacetCauses } from "./rebuild.ts";
import { SLICE_PRESENCES } from "./refresh.ts";
import type { Registry } from "./registry.ts";
import { appendCells, eachPresence, inSlices } from "./roll-ups.ts";

const DAY = "(epoch_ms(o.seen_at) // 86400000)::USMALLINT";
/** Any part: views that are not kept up to date with every batch are made anew. */
const PART = 1;

/** The tables that hold something by batch. */
const BY_BATCH = ["observation_detail", "observation", "refused", "refused_bytes", "retaken"];

/** What is withdrawn from. */
export interface Withdrawal {
  readonly session: Session;
  readonly registry: Registry;
  readonly cells: CellMemory;
  readonly home: readonly string[];
}

/** Withdraws batches of one feed. */
export async function withdrawBatches(from: Withdrawal, batches: readonly number[]): Promise<void> {
  const { session } = from;
  const ids = batches.join(",");
  await stageTouchedKeys(session, ids);
  await stageTouchedAssets(session, ids);
  for (const side of ["victim", "origin", "site"] as const)
    await changeCells(
      from,
      `SELECT DISTINCT key, facet, day FROM ${seenOfTouched(side)}`,
      side,
      -1,
    );
  const days = await session.rows<{ feed: number; first: number; last: number }>(
    `SELECT feed, min(first_day) AS first, max(last_day) AS last FROM batch WHERE kept > 0 AND id IN (${ids}) GROUP BY feed`,
  );
  for (const table of BY_BATCH) await session.run(`DELETE FROM ${table} WHERE batch IN (${ids})`);
  await session.run(`DELETE FROM batch WHERE id IN (${ids})`);
  for (const side of ["victim", "origin", "site"] as const) await keepTheRest(from, side);
  for (const { feed, first, last } of days) await recountDays(from, feed, first, last);
  await forgetLateViews(session);
  await refoldTouched(session, from.home);
  for (const side of ["victim", "origin", "site"]) await session.run(`DROP TABLE touched_${side}`);
}

async function stageTouchedKeys(session: Session, ids: string): Promise<void> {
  const keys: Record<Side, string> = {
    victim: "SELECT victim AS key, batch FROM observation",
    origin: "SELECT origin AS key, batch FROM observation",
    site: "SELECT victim_host AS key, batch FROM observation_detail",
  };
  for (const [side, rows] of Object.entries(keys))
    await session.run(
      `CREATE OR REPLACE TEMP TABLE touched_${side} AS
         SELECT DISTINCT key FROM (${rows}) WHERE batch IN (${ids}) AND key <> 0`,
    );
}

function seenOfTouched(side: Side): string {
  return `seen_${side} SEMI JOIN touched_${side} USING (key)`;
}

/** Replaces the presences of the touched keys by those of the rows that stayed, and counts these. */
async function keepTheRest(from: Withdrawal, side: Side): Promise<void> {
  const { session, registry } = from;
  await session.run(`DELETE FROM seen_${side} WHERE key IN (SELECT key FROM touched_${side})`);
  const rows =
    side === "site"
      ? `SELECT d.victim_host AS key, o.facet, ${DAY} AS day FROM observation o
           JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
         WHERE o.facet IN (${siteFacets(registry)})`
      : `SELECT o.${side} AS key, o.facet, ${DAY} AS day FROM observation o`;
  await session.run(
    `INSERT INTO seen_${side} SELECT DISTINCT ${PART}, day, key, facet FROM (${rows}) SEMI JOIN touched_${side} USING (key)`,
  );
  await changeCells(from, `SELECT key, facet, day FROM ${seenOfTouched(side)}`, side, 1);
}

function siteFacets({ facets }: Registry): string {
  const numbers = facets.flatMap((facet, id) => {
    const kind = kindOfCode(facet.kind);
    return kind !== undefined && countsSites(kind) ? [id] : [];
  });
  return numbers.length === 0 ? "NULL" : numbers.join(",");
}

/** Adds, or takes away, everything that whole pasts of keys come to in the cells. `presences` gives (key, facet, day). */
async function changeCells(
  { session, registry, cells }: Withdrawal,
  presences: string,
  side: Side,
  sign: 1 | -1,
): Promise<void> {
  const [{ n }] = (await session.rows<{ n: bigint }>(
    `SELECT count(*) AS n FROM (${presences})`,
  )) as [{ n: bigint }];
  const slices = Math.ceil(Number(n) / SLICE_PRESENCES);
  for (let slice = 0; slice < slices; slice++) {
    const past = new PresenceBuffer();
    await eachPresence(
      session,
      `SELECT key, facet, day FROM (${presences}) WHERE hash(key) % ${slices} = ${slice}`,
      (keyLo, keyHi, facet, day) => past.add(keyLo, keyHi, day, facet),
    );
    past.settle();
    const cube = new PrevSeen(past, await inSlices(orderByKey(past)), (facet) =>
      registry.eagerDimensions(side, facet),
    );
    const changes = times(await inSlices(cube.finish()), sign);
    appendCells(session, registry, changes);
    cells.stage(changes);
  }
}

function times(changes: CellChanges, sign: 1 | -1): CellChanges {
  return sign === 1 ? changes : { ...changes, change: changes.change.map((n) => -n) };
}

/** Counts the rows of a feed anew on the days that the batches had. */
async function recountDays(
  { session, registry }: Withdrawal,
  feed: number,
  first: number,
  last: number,
): Promise<void> {
  await session.run("DELETE FROM daily WHERE feed = $1 AND day >= $2 AND day <= $3", [
    feed,
    first,
    last,
  ]);
  await stageFacetCauses(session, registry);
  await session.run(
    `INSERT INTO daily SELECT ${DAY}, f.feed, c.cause, f.kind, count(*)
       FROM observation o JOIN facet f ON f.id = o.facet JOIN facet_cause c ON c.facet = o.facet
     WHERE f.feed = $1 AND o.seen_at >= epoch_ms($2::BIGINT)::TIMESTAMP_MS AND o.seen_at < epoch_ms($3::BIGINT)::TIMESTAMP_MS
     GROUP BY ALL`,
    [feed, BigInt(first) * 86_400_000n, BigInt(last + 1) * 86_400_000n],
  );
  await session.run("DROP TABLE facet_cause");
}

/** Views that are made on the first question after a batch are made anew then. */
async function forgetLateViews(session: Session): Promise<void> {
  const late = views.filter(({ eager }) => !eager).map(({ code }) => code);
  if (late.length === 0) return;
  for (const table of ["cell", "view_state"])
    await session.run(`DELETE FROM ${table} WHERE view IN (${late.join(",")})`);
}
