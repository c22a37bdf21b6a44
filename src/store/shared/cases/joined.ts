import { sql } from "kysely";
import type { CaseSession } from "../../../app/case-ports.ts";
import type { Instant } from "../../../core/time/index.ts";
import { keyOfStored, storedKey } from "./finding-facts.ts";
import { readFinding } from "./findings.ts";
import { readIncident } from "./incidents.ts";
import { ManyRows } from "./many-rows.ts";
import { Prepared } from "./prepared.ts";
import type { Cases, StoredKey } from "./tables.ts";

/** Which findings are in which incident. */
export function joinedIn(cases: Cases) {
  return {
    joinFindings: async (incident, findings, at) => {
      const last = await lastOf.first(cases, { incident });
      const next = (last?.number ?? 0) + 1;
      const rows = findings
        .map((key, place) => ({ key, number: next + place }))
        .sort((a, b) => (a.key === b.key ? a.number - b.number : a.key < b.key ? -1 : 1))
        .map(({ key, number }): JoinRow => [incident, number, storedKey(key), at]);
      return (await join.run(cases, rows)).affected;
    },
    findingsOf: async (incident, { since, offset = 0, limit }) => {
      const rows = await cases
        .selectFrom("joined")
        .innerJoin("findings", "findings.key", "joined.finding")
        .select([sql<string>`cast(findings.key as text)`.as("number"), "state", "episode", "facts"])
        .where("joined.incident", "=", incident)
        .$if(since !== undefined, (of) => of.where("joined.at", ">=", since!))
        .orderBy("joined.number")
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(({ number, ...row }) => readFinding({ key: keyOfStored(number), ...row }));
    },
    incidentsOf: async (finding) => {
      const { rows } = await incidentsOf.run(cases, { finding: storedKey(finding) });
      return rows.map(readIncident);
    },
  } satisfies Partial<CaseSession>;
}

type JoinRow = readonly [incident: string, number: number, finding: StoredKey, at: Instant];

const join = new ManyRows((cases, rows: readonly JoinRow[]) =>
  cases
    .insertInto("joined")
    .columns(["incident", "number", "finding", "at"])
    .expression(sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row)})`))}`)
    .onConflict((conflict) => conflict.columns(["finding", "incident"]).doNothing()),
);

const lastOf = new Prepared((cases, { incident }: { readonly incident: string }) =>
  cases
    .selectFrom("joined")
    .select(({ fn }) => fn.max<number | null>("number").as("number"))
    .where("incident", "=", incident),
);

const incidentsOf = new Prepared((cases, { finding }: { readonly finding: StoredKey }) =>
  cases
    .selectFrom("joined")
    .innerJoin("incidents", "incidents.id", "joined.incident")
    .selectAll("incidents")
    .where("joined.finding", "=", finding)
    .orderBy("incidents.opened_at")
    .orderBy("incidents.id"),
);
