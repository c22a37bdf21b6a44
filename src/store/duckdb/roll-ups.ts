/** Brings the prev-seen cube up to date with the presences of a part, within the part's transaction. */
import {
  type CellChanges,
  orderByKey,
  type Presences,
  PrevSeen,
  type Side,
} from "../../core/measure/index.ts";
import { type TableAppender, VECTOR_ROWS } from "./appender.ts";
import type { CellMemory } from "./cell-memory.ts";
import type { Session } from "./database.ts";
import { PresenceBuffer } from "./presence-buffer.ts";
import type { Registry } from "./registry.ts";

/** The presences of a part by side. */
export type PresencesBySide = Readonly<Record<Side, Presences>>;

/** Presences that are appended before others may run. */
const APPENDED_AT_ONCE = 8 * VECTOR_ROWS;

const sides: readonly Side[] = ["victim", "origin", "site"];

/** Adds a part's presences to the seen tables, and what they change to the cells, in the tables and in memory. */
export async function rollUp(
  session: Session,
  registry: Registry,
  memory: CellMemory,
  part: number,
  presences: PresencesBySide,
): Promise<void> {
  for (const side of sides) {
    if (presences[side].count === 0) continue;
    const stored = await session.rows(`SELECT 1 FROM seen_${side} LIMIT 1`);
    const any = stored.length > 0;
    const fresh =
      any && side !== "victim" ? await unknownOf(session, side, presences[side]) : presences[side];
    if (fresh.count === 0) continue;
    const order = await inSlices(orderByKey(fresh));
    const cube = new PrevSeen(fresh, order, (facet) => registry.eagerDimensions(side, facet));
    if (any) await tellPast(session, side, cube, fresh);
    const seen = session.appender(`seen_${side}`);
    seen.words(0).fill(part);
    await appendPresences(seen, 1, fresh);
    const cells = await inSlices(cube.finish());
    appendCells(session, registry, cells);
    memory.stage(cells);
  }
}

/**
 * Of stored presences (key, facet, day), those that new ones can have for neighbours, in the order of keys: for each key and facet
 * all days between the key's first and last new day, the last one before and the first one after. The days beyond keep their
 * previous days, so the cube need not hear of them. `touched` gives (key, first, last).
 */
export function neighboursSql(stored: string, touched: string): string {
  const side = "CASE WHEN s.day < t.first THEN 0 WHEN s.day > t.last THEN 65535 ELSE s.day END";
  return `SELECT key, facet, CASE WHEN side = 0 THEN max(day) ELSE min(day) END AS day
    FROM (SELECT s.key, s.facet, s.day, (${side})::USMALLINT AS side FROM (${stored}) s JOIN (${touched}) t ON t.key = s.key)
    GROUP BY key, facet, side ORDER BY key`;
}

/** Tells the cube on which days the part's keys were present before. */
async function tellPast(
  session: Session,
  side: Side,
  cube: PrevSeen,
  presences: Presences,
): Promise<void> {
  await stagePresences(session, presences);
  await eachPresence(
    session,
    neighboursSql(
      `SELECT key, facet, day FROM seen_${side}`,
      "SELECT key, min(day) AS first, max(day) AS last FROM fresh_presence GROUP BY key",
    ),
    (keyLo, keyHi, facet, day) => cube.past(keyLo, keyHi, facet, day),
  );
  await session.run("DROP TABLE fresh_presence");
}

/**
 * The presences that are not stored yet. Origins and sites are few and seen again and again: so most of a late part's are stored, and
 * the long past of those keys need not be read.
 */
async function unknownOf(session: Session, side: Side, presences: Presences): Promise<Presences> {
  await stagePresences(session, presences);
  const unknown = new PresenceBuffer();
  await eachPresence(
    session,
    `SELECT key, facet, day FROM fresh_presence f
       ANTI JOIN seen_${side} s ON s.key = f.key AND s.facet = f.facet AND s.day = f.day`,
    (keyLo, keyHi, facet, day) => unknown.add(keyLo, keyHi, day, facet),
  );
  await session.run("DROP TABLE fresh_presence");
  unknown.settle();
  return unknown;
}

async function stagePresences(session: Session, presences: Presences): Promise<void> {
  await session.run(
    "CREATE OR REPLACE TEMP TABLE fresh_presence (day USMALLINT, key UBIGINT, facet UINTEGER)",
  );
  await appendPresences(session.appender("fresh_presence"), 0, presences);
}

/** Appends presences as columns day, key, facet from column `at` on. */
async function appendPresences(
  appender: TableAppender,
  at: number,
  presences: Presences,
): Promise<void> {
  const day = appender.numbers(at);
  const key = appender.words(at + 1);
  const facet = appender.words(at + 2);
  for (let from = 0; from < presences.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, presences.count - from);
    for (let i = 0; i < rows; i++) {
      day[i] = presences.day[from + i]!;
      key[2 * i] = presences.keyLo[from + i]!;
      key[2 * i + 1] = presences.keyHi[from + i]!;
      facet[i] = presences.facet[from + i]!;
    }
    appender.flush(rows);
    if (from % APPENDED_AT_ONCE === 0) await letOthersRun();
  }
  appender.close();
}

/** Appends changes of cells; the cell's view is the dimension's. */
export function appendCells(session: Session, registry: Registry, cells: CellChanges): void {
  const appender = session.appender("cell");
  const view = appender.numbers(0);
  const dimension = appender.words(1);
  const day = appender.numbers(2);
  const prev = appender.numbers(3);
  const n = appender.words(4);
  for (let from = 0; from < cells.count; from += VECTOR_ROWS) {
    const rows = Math.min(VECTOR_ROWS, cells.count - from);
    for (let i = 0; i < rows; i++) {
      const of = cells.dimension[from + i]!;
      view[i] = registry.dimensions[of]!.view;
      dimension[i] = of;
      day[i] = cells.day[from + i]!;
      prev[i] = cells.prev[from + i]!;
      n[i] = cells.change[from + i]!;
    }
    appender.flush(rows);
  }
  appender.close();
}

/** Gives the rows (key, facet, day) of a query. */
export async function eachPresence(
  session: Session,
  sql: string,
  take: (keyLo: number, keyHi: number, facet: number, day: number) => void,
): Promise<void> {
  await session.eachChunk(sql, (chunk) => {
    const key = chunk.words64(0);
    const facet = chunk.words32(1);
    const day = chunk.words16(2);
    for (let i = 0; i < chunk.rows; i++) take(key[2 * i]!, key[2 * i + 1]!, facet[i]!, day[i]!);
  });
}

/** Runs a sliced computation and lets others run in between. */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await letOthersRun();
  }
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
