import type { Finding } from "../../../core/finding/index.ts";
import { ResponsibleIndex } from "../../../core/institution/index.ts";
import { type Route, route, type RoutingRules } from "../../../core/routing/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseStore } from "../../case-ports.ts";
import type { Doing } from "../directory/change-directory.ts";
import { type DryRunReport, Tally } from "./dry-run-tally.ts";
import { type RoutingPlace, routingPolicy } from "./routing-place.ts";
import { noteTrial } from "./versions.ts";

/** Findings that were seen since a moment, in pages: `FindingFolder.select({ seenSince })` gives them. */
export type FindingsSince = (since: Instant) => AsyncIterable<readonly Finding[]>;

/** What rules are tried on. */
export interface Trial {
  readonly rules: RoutingRules;
  readonly since: Instant;
  readonly findingsSince: FindingsSince;
  readonly place: Pick<RoutingPlace, "home" | "ownNetworks">;
}

/**
 * Routes the findings of a time as if all were new today, and says what would have been sent; nothing is. Rules that are saved are noted
 * as tried by it.
 */
export async function dryRun(cases: CaseStore, trial: Trial, doing: Doing): Promise<DryRunReport> {
  const { rules, since } = trial;
  const { lookup, policy, saved } = await cases.read(async (session) => ({
    lookup: new ResponsibleIndex(await session.directory()),
    policy: await routingPolicy(session, trial.place, rules, doing.at),
    saved: (await session.rulesVersions()).some(({ version }) => version === rules.version),
  }));
  const tally = new Tally(rules.caps);
  for await (const page of trial.findingsSince(since))
    for (const finding of page) tally.add(finding, routeOf(finding));
  const report = tally.report({ version: rules.version, since, until: doing.at }, lookup);
  const { findings, alerts, institutions } = report;
  if (saved)
    await noteTrial(cases, rules.version, { since, findings, alerts, institutions }, doing);
  return report;

  function routeOf(finding: Finding): Route {
    return route(finding, policy, lookup, doing.at);
  }
}
