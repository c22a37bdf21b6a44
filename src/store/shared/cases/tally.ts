import type { AlertTally } from "../../../app/case-ports.ts";
import type { Side } from "../../../core/finding/index.ts";
import type { Cases } from "./tables.ts";

/** Counts what is in open incidents by their institution, the most findings first. */
export async function tally(cases: Cases, side: Side | undefined): Promise<AlertTally[]> {
  const open = cases
    .selectFrom("incidents")
    .where("incidents.state", "=", "open")
    .$if(side !== undefined, (rows) => rows.where("incidents.side", "=", side!))
    .groupBy("incidents.institution");
  const findings = await open
    .leftJoin("joined", "joined.incident", "incidents.id")
    .leftJoin("institutions", "institutions.id", "incidents.institution")
    .select(({ fn }) => [
      "incidents.institution",
      fn.max("institutions.country").as("country"),
      fn.count<number>("joined.finding").distinct().as("findings"),
    ])
    .execute();
  const alerts = await open
    .innerJoin("alerts", "alerts.incident", "incidents.id")
    .select(({ fn }) => ["incidents.institution", fn.countAll<number>().as("alerts")])
    .execute();
  const alertsOf = new Map(alerts.map((row) => [row.institution, row.alerts]));
  return findings
    .map((row) => ({
      institution: row.institution,
      country: row.country ?? "",
      alerts: alertsOf.get(row.institution) ?? 0,
      findings: row.findings,
    }))
    .sort((a, b) => b.findings - a.findings || (a.institution < b.institution ? -1 : 1));
}
