/**
 * Brings views up to date that are not kept so with every batch (by AS, family, kind, feed ...): on the first question after
 * new batches. Works through the keys in slices, so that memory is bounded; one transaction.
 */
import { orderByKey, PrevSeen, type Side, type View } from "../../core/measure/index.ts";
import { rollBack, type Session } from "./database.ts";
import { PresenceBuffer } from "./presence-buffer.ts";
import type { Registry } from "./registry.ts";
import { appendCells, eachPresence, inSlices, neighboursSql } from "./roll-ups.ts";

/** Presences that one slice of keys should not exceed. */
export const SLICE_PRESENCES = 1_500_000;

/** Brings the given views up to date. */
export async function refreshViews(
  session: Session,
  registry: Registry,
  wanted: readonly View[],
): Promise<void> {
  const [{ part }] = (await session.rows<{ part: number }>(
    "SELECT coalesce(max(id), 0)::UINTEGER AS part FROM batch",
  )) as [{ part: number }];
  const states = new Map(
    (
      await session.rows<{ view: number; part: number }>(
        "SELECT view, max(part) AS part FROM view_state GROUP BY view",
      )
    ).map((row) => [row.view, row.part]),
  );
  const late = wanted.filter((view) => (states.get(view.code) ?? 0) < part);
  if (late.length === 0) return;
  await session.run("BEGIN");
  try {
    for (const side of ["victim", "origin", "site"] as const)
      for (const since of new Set(late.map((view) => states.get(view.code) ?? 0)))
        await refreshSide(
          session,
          registry,
          side,
          late.filter((view) => view.side === side && (states.get(view.code) ?? 0) === since),
          since,
        );
    for (const view of late)
      await session.run("INSERT INTO view_state VALUES ($1, $2)", [view.code, part]);
    await registry.save(session);
    await session.run("COMMIT");
    registry.stored();
  } catch (error) {
    await rollBack(session, error);
    throw error;
  }
}

async function refreshSide(
  session: Session,
  registry: Registry,
  side: Side,
  of: readonly View[],
  since: number,
): Promise<void> {
  if (of.length === 0) return;
  const [{ n }] = (await session.rows<{ n: bigint }>(
    `SELECT count(*) AS n FROM seen_${side} WHERE part > ${since}`,
  )) as [{ n: bigint }];
  const slices = Math.ceil(Number(n) / SLICE_PRESENCES);
  const byFacet: number[][] = [];
  const dimensions = (facet: number): readonly number[] =>
    (byFacet[facet] ??= registry.dimensionsOf(facet, of));
  for (let slice = 0; slice < slices; slice++) {
    const keys = `hash(key) % ${slices} = ${slice}`;
    const fresh = new PresenceBuffer();
    await eachPresence(
      session,
      `SELECT key, facet, day FROM seen_${side} WHERE part > ${since} AND ${keys}`,
      (keyLo, keyHi, facet, day) => fresh.add(keyLo, keyHi, day, facet),
    );
    fresh.settle();
    const cube = new PrevSeen(fresh, await inSlices(orderByKey(fresh)), dimensions);
    if (since > 0)
      await eachPresence(
        session,
        neighboursSql(
          `SELECT key, facet, day FROM seen_${side} WHERE part <= ${since} AND ${keys}`,
          `SELECT key, min(day) AS first, max(day) AS last FROM seen_${side} WHERE part > ${since} AND ${keys} GROUP BY key`,
        ),
        (keyLo, keyHi, facet, day) => cube.past(keyLo, keyHi, facet, day),
      );
    appendCells(session, registry, await inSlices(cube.finish()));
  }
}
