import { sql } from "kysely";
import type { CaseFinding, CaseSession } from "../../../app/case-ports.ts";
import type { Instant } from "../../../core/time/index.ts";
import { factsText, keyOfStored, readFacts, storedKey } from "./finding-facts.ts";
import { ManyRows } from "./many-rows.ts";
import type { Cases, StoredKey } from "./tables.ts";

type FoldRow = readonly [key: StoredKey, lastSeen: Instant, facts: string];

/** Statements of findings that take many rows, made once for a store. */
export function findingStatements() {
  const fold = new ManyRows<FoldRow>((cases, rows) =>
    cases
      .insertInto("findings")
      .columns(["key", "last_seen", "facts", "state", "episode", "folds"])
      .expression(sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row)}, 'open', 1, 1)`))}`)
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet({
          last_seen: (row) => row.ref("excluded.last_seen"),
          facts: (row) => row.ref("excluded.facts"),
          folds: sql`findings.folds + 1`,
        }),
      )
      .returning(sql<string | null>`case when folds = 1 then cast(key as text) end`.as("fresh"))
      .compile(),
  );
  return { fold };
}

/** Findings and how far they are folded. */
export function findingsIn(cases: Cases, { fold }: ReturnType<typeof findingStatements>) {
  return {
    cursor: async (name) => {
      const row = cases.selectFrom("cursors").select("value").where("name", "=", name);
      return (await row.executeTakeFirst())?.value;
    },
    setCursor: async (name, value) => {
      await cases
        .insertInto("cursors")
        .values({ name, value })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
        .execute();
    },
    putFindings: async (findings) => {
      const last = new Map(findings.map((finding) => [finding.key, finding]));
      const rows = [...last.values()].map((finding): FoldRow => [
        storedKey(finding.key),
        finding.lastSeen,
        factsText(finding),
      ]);
      const { returned } = await fold.run<{ readonly fresh: string | null }>(cases, rows);
      const fresh = new Set<string>();
      for (const row of returned) if (row.fresh !== null) fresh.add(keyOfStored(row.fresh));
      return { fresh };
    },
    finding: async (key) => {
      const rows = cases
        .selectFrom("findings")
        .select(["state", "episode", "facts"])
        .where("key", "=", storedKey(key));
      const row = await rows.executeTakeFirst();
      return row && readFinding({ key, ...row });
    },
  } satisfies Partial<CaseSession>;
}

/** A finding of its row; `key` is in hex. */
export function readFinding({
  key,
  state,
  episode,
  facts,
}: Pick<CaseFinding, "key" | "state" | "episode"> & { readonly facts: string }): CaseFinding {
  return { ...readFacts(key, facts), state, episode };
}
