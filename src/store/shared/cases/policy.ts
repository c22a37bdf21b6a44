import type { Selectable } from "kysely";
import type { CaseSession, Inhibition, RulesVersion } from "../../../app/case-ports.ts";
import type { Cases, CaseTables } from "./tables.ts";

/** The routing rules and what is not to be alerted. */
export function policyIn(cases: Cases) {
  const versions = cases.selectFrom("rules").selectAll();
  return {
    rulesVersions: async () => {
      const rows = versions.orderBy("saved_at", "desc").orderBy("version", "desc");
      return (await rows.execute()).map(readRules);
    },
    activeRules: async () => {
      const row = await versions.where("activated_at", "is not", null).executeTakeFirst();
      return row && readRules(row);
    },
    putRules: async (rules) => {
      if (rules.activatedAt !== null)
        await cases.updateTable("rules").set({ activated_at: null }).execute();
      const { version, ...changed } = rulesRow(rules);
      await cases
        .insertInto("rules")
        .values({ version, ...changed })
        .onConflict((conflict) => conflict.column("version").doUpdateSet(changed))
        .execute();
    },
    inhibitions: async (now) => {
      const rows = await cases
        .selectFrom("inhibitions")
        .selectAll()
        .where("since", "<=", now)
        .where("until", ">", now)
        .orderBy("until")
        .orderBy("id")
        .execute();
      return rows.map(({ actor, ...row }): Inhibition => ({ ...row, by: actor }));
    },
    putInhibition: async ({ id, by, ...same }) => {
      const changed = { ...same, actor: by };
      await cases
        .insertInto("inhibitions")
        .values({ id, ...changed })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
        .execute();
    },
    removeInhibition: async (id) => {
      await cases.deleteFrom("inhibitions").where("id", "=", id).execute();
    },
  } satisfies Partial<CaseSession>;
}

type RulesRow = Selectable<CaseTables["rules"]>;

function rulesRow({ version, text, savedAt, triedAt, activatedAt }: RulesVersion): RulesRow {
  return { version, text, saved_at: savedAt, tried_at: triedAt, activated_at: activatedAt };
}

function readRules({ version, text, saved_at, tried_at, activated_at }: RulesRow): RulesVersion {
  return { version, text, savedAt: saved_at, triedAt: tried_at, activatedAt: activated_at };
}
