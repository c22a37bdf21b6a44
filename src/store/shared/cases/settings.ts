import { sql } from "kysely";
import type { CaseSession } from "../../../app/case-ports.ts";
import type { Cases } from "./tables.ts";

/** Small named facts and series of numbers. */
export function settingsIn(cases: Cases) {
  return {
    setting: (name) => readSetting(cases, name),
    setSetting: (name, value) => writeSetting(cases, name, value),
    nextNumber: async (name) => {
      const { last } = await cases
        .insertInto("series")
        .values({ name, last: 1 })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet({ last: sql`series.last + 1` }),
        )
        .returning("last")
        .executeTakeFirstOrThrow();
      return last;
    },
  } satisfies Partial<CaseSession>;
}

export async function readSetting(cases: Cases, name: string): Promise<string | undefined> {
  const row = cases.selectFrom("settings").select("value").where("name", "=", name);
  return (await row.executeTakeFirst())?.value;
}

export async function writeSetting(cases: Cases, name: string, value: string): Promise<void> {
  await cases
    .insertInto("settings")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
