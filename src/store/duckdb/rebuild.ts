/** Rebuilds the roll-ups that depend on what is home, after the configured home has changed. */
import { causeCode, views } from "../../core/measure/index.ts";
import { packCountry } from "../../core/network/index.ts";
import type { Session } from "./database.ts";
import { refreshViews } from "./refresh.ts";
import { Registry } from "./registry.ts";

/** Gives the registry of a store whose cube is for `home`, rebuilt if it was for another. */
export async function openRegistry(session: Session, home: readonly string[]): Promise<Registry> {
  const wanted = [...home].sort().join(",");
  const registry = new Registry(new Set(home.map(packCountry)));
  const rows = await session.rows<{ value: string }>("SELECT value FROM meta WHERE name = 'home'");
  await registry.reload(session);
  if (rows[0]?.value === wanted) return registry;
  const any = await session.rows("SELECT 1 FROM batch LIMIT 1");
  if (any.length > 0) await rebuild(session, registry);
  await session.run("BEGIN");
  await session.run("DELETE FROM meta WHERE name = 'home'");
  await session.run("INSERT INTO meta VALUES ('home', $1)", [wanted]);
  await session.run("COMMIT");
  return registry;
}

/** `meta.home` is taken away first and written last: a rebuild that was cut off is done again. */
async function rebuild(session: Session, registry: Registry): Promise<void> {
  await session.run("BEGIN");
  for (const table of ["cell", "dimension", "daily", "view_state"])
    await session.run(`DELETE FROM ${table}`);
  await session.run("DELETE FROM meta WHERE name = 'home'");
  await session.run("COMMIT");
  await registry.reload(session);
  await rebuildDaily(session, registry);
  await refreshViews(
    session,
    registry,
    views.filter((view) => view.eager),
  );
}

async function rebuildDaily(session: Session, registry: Registry): Promise<void> {
  await session.run("BEGIN");
  await stageFacetCauses(session, registry);
  await session.run(
    `INSERT INTO daily
       SELECT (epoch_ms(o.seen_at) // 86400000)::USMALLINT, f.feed, c.cause, f.kind, count(*)
       FROM observation o JOIN facet f ON f.id = o.facet JOIN facet_cause c ON c.facet = o.facet GROUP BY ALL`,
  );
  await session.run("DROP TABLE facet_cause");
  await session.run("COMMIT");
}

/** Makes the temporary table `facet_cause`: why rows of each facet count or do not. */
export async function stageFacetCauses(session: Session, registry: Registry): Promise<void> {
  await session.run("CREATE OR REPLACE TEMP TABLE facet_cause (facet UINTEGER, cause UTINYINT)");
  const appender = session.appender("facet_cause");
  registry.facets.forEach((_, facet) => {
    appender.words(0)[0] = facet;
    appender.numbers(1)[0] = causeCode(registry.causeOf(facet));
    appender.flush(1);
  });
  appender.close();
}
