import { CompiledQuery } from "kysely";
import { Fault } from "../../../../core/fault.ts";
import type { Cases } from "../tables.ts";
import type { EngineWords } from "./engine-words.ts";
import { version1 } from "./version-1.ts";

/** What makes each version of the one before; the first makes the first of nothing. */
const STEPS: readonly ((words: EngineWords) => string[])[] = [version1];

/**
 * Brings the tables to the newest version, in the transaction that it is given. Throws `store-newer` if they are of a later
 * version than this program knows; then nothing is changed.
 */
export async function migrate(cases: Cases, words: EngineWords): Promise<void> {
  const run = (statement: string) => cases.executeQuery(CompiledQuery.raw(statement));
  await run(`create table if not exists cases_schema (version ${words.integer} not null)`);
  const row = await cases.selectFrom("cases_schema").select("version").executeTakeFirst();
  const version = row?.version ?? 0;
  if (version > STEPS.length)
    throw new Fault(
      "store-newer",
      `the cases have tables of version ${version}; this program knows version ${STEPS.length}`,
    );
  if (version === STEPS.length) return;
  for (const step of STEPS.slice(version))
    for (const statement of step(words)) await run(statement);
  await cases.deleteFrom("cases_schema").execute();
  await cases.insertInto("cases_schema").values({ version: STEPS.length }).execute();
}
