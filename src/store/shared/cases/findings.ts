import { sql } from "kysely";
import type { CaseFinding, CaseSession } from "../../../app/case-ports.ts";
import type { Instant } from "../../../core/time/index.ts";
import { factsText, keyOfStored, readFacts, storedKey } from "./finding-facts.ts";
import { ManyRows } from "./many-rows.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, StoredKey } from "./tables.ts";

/** Findings and how far they are folded. */
export function findingsIn(cases: Cases) {
  return {
    cursor: async (name) => (await cursorOf.first(cases, { name }))?.value,
    setCursor: async (name, value) => {
      await setCursor.run(cases, { name, value });
    },
    putFindings: async (findings) => {
      // In the order of the table: so its pages are visited one after the other, which is three times as fast. Of equals the last counts.
      const sorted = findings.toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
      const rows = sorted
        .filter(({ key }, at) => key !== sorted[at + 1]?.key)
        .map((finding): FoldRow => [storedKey(finding.key), finding.lastSeen, factsText(finding)]);
      const { returned } = await fold.run(cases, rows);
      const fresh = new Set<string>();
      for (const row of returned) if (row.fresh !== null) fresh.add(keyOfStored(row.fresh));
      return { fresh };
    },
    finding: async (key) => {
      const row = await findingOf.first(cases, { number: storedKey(key) });
      return row && readFinding({ key, ...row });
    },
  } satisfies Partial<CaseSession>;
}

type FoldRow = readonly [key: StoredKey, lastSeen: Instant, facts: string];

const fold = new ManyRows((cases, rows: readonly FoldRow[]) =>
  cases
    .insertInto("findings")
    .columns(["key", "last_seen", "facts", "state", "episode", "folds"])
    .expression(sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row)}, 'open', 1, 1)`))}`)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        last_seen: sql.ref("excluded.last_seen"),
        facts: sql.ref("excluded.facts"),
        folds: sql`findings.folds + 1`,
      }),
    )
    .returning(sql<string | null>`case when folds = 1 then cast(key as text) end`.as("fresh")),
);

const findingOf = new Prepared((cases, { number }: { readonly number: StoredKey }) =>
  cases.selectFrom("findings").select(["state", "episode", "facts"]).where("key", "=", number),
);

const cursorOf = new Prepared((cases, { name }: { readonly name: string }) =>
  cases.selectFrom("cursors").select("value").where("name", "=", name),
);

const setCursor = new Prepared(
  (cases, { name, value }: { readonly name: string; readonly value: string }) =>
    cases
      .insertInto("cursors")
      .values({ name, value })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value })),
);

/** A finding of its row; `key` is in hex. */
export function readFinding({
  key,
  state,
  episode,
  facts,
}: Pick<CaseFinding, "key" | "state" | "episode"> & { readonly facts: string }): CaseFinding {
  return { ...readFacts(key, facts), state, episode };
}
