import { sql } from "kysely";
import type { CaseSession } from "../../../app/case-ports.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** Small named facts and series of numbers. */
export function settingsIn(cases: Cases) {
  return {
    setting: (name) => readSetting(cases, name),
    setSetting: (name, value) => writeSetting(cases, name, value),
    nextNumber: async (name) => (await count.first(cases, { name }))!.last,
  } satisfies Partial<CaseSession>;
}

/** The value of a setting; `undefined` if it was never set. */
export async function readSetting(cases: Cases, name: string): Promise<string | undefined> {
  return (await valueOf.first(cases, { name }))?.value;
}

export async function writeSetting(cases: Cases, name: string, value: string): Promise<void> {
  await set.run(cases, { name, value });
}

const valueOf = new Prepared((cases, { name }: { readonly name: string }) =>
  cases.selectFrom("settings").select("value").where("name", "=", name),
);

const set = new Prepared((cases, { name, value }: CaseTables["settings"]) =>
  cases
    .insertInto("settings")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value })),
);

const count = new Prepared((cases, { name }: { readonly name: string }) =>
  cases
    .insertInto("series")
    .values({ name, last: sql.lit(1) })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ last: sql`series.last + 1` }))
    .returning("last"),
);
