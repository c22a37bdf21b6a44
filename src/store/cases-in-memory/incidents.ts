import type { AlertTally, CaseSession, IncidentFilter } from "../../app/case-ports.ts";
import type { Side } from "../../core/finding/index.ts";
import type { Incident } from "../../core/incident/index.ts";
import { append } from "./draft.ts";
import { refuse } from "../shared/cases/refuse.ts";
import { pageOf, sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

export function incidentsIn(tables: Drafts) {
  const { incidents, openIncidents, joined, incidentsOf, findings } = tables;
  return {
    incident: async (id) => incidents.at(id),
    openIncident: async (key) => {
      const id = openIncidents.at(key);
      return id === undefined ? undefined : incidents.at(id);
    },
    incidents: async (filter) => pageOf(incidents, (row) => fits(row, filter), filter),
    putIncident: async (incident) => put(tables, incident),
    joinFindings: async (incident, keys, at) => {
      if (keys.length > 0) incidents.must(incident, "incident");
      const before = joined.at(incident) ?? [];
      const known = new Set(before.map(({ finding }) => finding));
      const added = [...new Set(keys)].filter((key) => !known.has(key));
      for (const key of added) {
        findings.must(key, "finding");
        append(incidentsOf, key, incident);
      }
      if (added.length > 0)
        joined.put(incident, [...before, ...added.map((finding) => ({ finding, at }))]);
      return added.length;
    },
    findingsOf: async (incident, { since = "", offset = 0, limit }) =>
      (joined.at(incident) ?? [])
        .filter(({ at }) => at >= since)
        .slice(offset, offset + limit)
        .map(({ finding }) => findings.must(finding, "finding")),
    incidentsOf: async (finding) =>
      sortedBy(
        (incidentsOf.at(finding) ?? []).map((id) => incidents.must(id, "incident")),
        ({ openedAt, id }) => [openedAt, id],
      ),
    tally: async (side) => tally(tables, side),
  } satisfies Partial<CaseSession>;
}

function fits(row: Incident, filter: IncidentFilter): boolean {
  return (
    (filter.state === undefined || row.state.at === filter.state) &&
    (filter.institution === undefined || row.institution === filter.institution) &&
    (filter.priority === undefined || row.priority === filter.priority) &&
    (filter.assignee === undefined || row.assignee === filter.assignee) &&
    (filter.threat === undefined || row.threat === filter.threat)
  );
}

function put({ incidents, openIncidents }: Drafts, incident: Incident): void {
  const before = incidents.at(incident.id);
  if (before?.state.at === "open") openIncidents.remove(before.key);
  if (incident.state.at === "open") {
    const other = openIncidents.at(incident.key);
    if (other !== undefined) refuse(`incident ${other} is open under the key ${incident.key}`);
    openIncidents.put(incident.key, incident.id);
  }
  incidents.put(incident.id, incident);
}

function tally(tables: Drafts, side: Side | undefined): AlertTally[] {
  const { incidents, joined, alertsOf, institutions } = tables;
  const found = new Map<string, { findings: Set<string>; alerts: number }>();
  for (const { id, institution, state, side: of } of incidents.rows()) {
    if (state.at !== "open" || (side !== undefined && of !== side)) continue;
    const sum = found.get(institution) ?? { findings: new Set(), alerts: 0 };
    for (const { finding } of joined.at(id) ?? []) sum.findings.add(finding);
    sum.alerts += alertsOf.at(id)?.length ?? 0;
    found.set(institution, sum);
  }
  const rows = [...found].map(([institution, { findings, alerts }]) => ({
    institution,
    country: institutions.at(institution)?.country ?? "",
    alerts,
    findings: findings.size,
  }));
  return sortedBy(rows, ({ institution }) => [institution]).sort((a, b) => b.findings - a.findings);
}
