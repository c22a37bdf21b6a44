import type { Priority } from "../alert/index.ts";
import type { Finding } from "../finding/index.ts";
import type { Hit } from "../institution/index.ts";
import type { Instant } from "../time/index.ts";
import { groupOf, type Question } from "./consider.ts";
import { inhibitionOf } from "./inhibited.ts";
import { ladderOf } from "./ladder.ts";
import { liesIn } from "./networks.ts";
import { priorityOf } from "./priority.ts";
import { candidateOf, operatorTiers, type Resolved, resolveGroup, teamTiers } from "./resolve.ts";
import type {
  Candidate,
  Route,
  RouteLookup,
  RouteRecipient,
  RoutingPolicy,
  Rung,
} from "./route-types.ts";
import { type ResolveStep, resolveSteps, type Send } from "./rules.ts";
import { type Decided, tryRules } from "./try-rules.ts";

/**
 * Decides whom a finding goes to, on which rung, and says how it came to that. Pure: the directory is looked up, nothing else is.
 * Unverified contacts are held for a person; nobody is told more than its tier, its marking and its side of the border allow.
 */
export function route(
  finding: Finding,
  policy: RoutingPolicy,
  lookup: RouteLookup,
  now: Instant,
): Route {
  const priority = priorityOf(finding, policy.rules.priorities);
  const decided = tryRules(policy.rules.rules, finding, priority);
  const question: Question = { finding, policy, lookup, now };
  const denied = whyDenied(question, decided);
  const send = decided.send?.send;
  const blank = blankRoute(question, priority, decided);
  const hits = lookup.responsible(finding);
  if (denied !== undefined || send === undefined)
    return {
      ...blank,
      rule: "",
      terms: null,
      outcome: denied === undefined ? "nobody" : "denied",
      reason: denied ?? "no rule says that it is sent",
      trace: { rules: decided.tried, candidates: notReached(question, hits) },
    };
  return { ...blank, ...climb(question, send, decided, hits) };
}

function blankRoute(question: Question, priority: Priority, { send }: Decided): Route {
  const { finding, policy } = question;
  return {
    finding: finding.key,
    priority,
    outcome: "nobody",
    reason: "",
    rule: send === undefined ? "" : `${send.name}@${policy.rules.version}`,
    terms: send?.send?.terms ?? null,
    rungs: [],
    summaries: [],
    trace: { rules: [], candidates: [] },
  };
}

/** Why a finding goes to nobody at all, whoever answers for it. */
function whyDenied({ finding, policy, now }: Question, { deny }: Decided): string | undefined {
  if (liesIn(finding.address || finding.asset, policy.ownNetworks))
    return "it lies in our own network";
  const inhibition = inhibitionOf(finding, policy.inhibitions, now);
  if (inhibition !== undefined)
    return `${inhibition.what} is inhibited until ${inhibition.until}: ${inhibition.reason}`;
  return deny === undefined || deny.deny === false || deny.deny === undefined
    ? undefined
    : `${deny.name}: ${deny.deny}`;
}

/** Finds who answers, and puts them on their rungs. */
function climb(
  question: Question,
  send: Send,
  { resolve, tried }: Decided,
  hits: readonly Hit[],
): Pick<Route, "outcome" | "reason" | "rungs" | "summaries" | "trace"> {
  const steps = resolve?.resolve ?? resolveSteps;
  const groups = hits.map((hit) => groupOf(question.lookup.institution(hit.institution)));
  const by = (group: RouteRecipient["group"]): Resolved => {
    const own = hits.filter((_, at) => groups[at] === group);
    if (own.length === 0) return NOBODY;
    if (!isAsked(send, group)) return lostAll(own, group, "not-asked-for");
    return group === "operator"
      ? operators(question, own, steps)
      : resolveGroup(question, group, teamTiers(own));
  };
  const found = {
    csirt: by("csirt"),
    operator: by("operator"),
    upstream: by("upstream"),
    regional: by("regional"),
  };
  const rungs = ladderOf(question, send, found);
  const strangers = hits.filter((_, at) => groups[at] === "none");
  const candidates = [
    ...Object.values(found).flatMap((it) => it.candidates),
    ...lostAll(strangers, "none", "unknown-institution").candidates,
  ];
  return {
    ...outcomeOf(rungs, candidates),
    rungs,
    summaries: summariesIn(candidates),
    trace: { rules: tried, candidates },
  };
}

const NOBODY: Resolved = { chosen: [], candidates: [], phones: [] };

function isAsked(send: Send, group: RouteRecipient["group"]): boolean {
  return group === "csirt" || group === "operator"
    ? send.to.includes(group)
    : send.ladder.includes(group);
}

/** Operators by the rule's steps; who answers by none of them is named as well. */
function operators(
  question: Question,
  hits: readonly Hit[],
  steps: readonly ResolveStep[],
): Resolved {
  const tiers = operatorTiers(hits, steps);
  const asked = new Set(tiers.flatMap((tier) => tier.hits));
  const resolved = resolveGroup(question, "operator", tiers);
  const others = lostAll(
    hits.filter((hit) => !asked.has(hit)),
    "operator",
    "not-resolved-by",
  );
  return { ...resolved, candidates: [...resolved.candidates, ...others.candidates] };
}

function lostAll(
  hits: readonly Hit[],
  group: Candidate["group"],
  lost: "not-asked-for" | "not-resolved-by" | "unknown-institution",
): Resolved {
  const candidates = hits.map((hit) => candidateOf(group, hit, { lost, detail: "" }));
  return { chosen: [], candidates, phones: [] };
}

/** Who answers for a finding that goes to nobody: the trace names them all the same. */
function notReached({ lookup }: Question, hits: readonly Hit[]): Candidate[] {
  return hits.map((hit) =>
    candidateOf(groupOf(lookup.institution(hit.institution)), hit, {
      lost: "not-reached",
      detail: "",
    }),
  );
}

function outcomeOf(
  rungs: readonly Rung[],
  candidates: readonly Candidate[],
): Pick<Route, "outcome" | "reason"> {
  const first = rungs[0]?.recipients ?? [];
  if (first.some(({ hold }) => hold === null)) return { outcome: "send", reason: "" };
  if (first.length > 0)
    return { outcome: "held", reason: first.map(({ hold }) => hold!.reason).join("; ") };
  return {
    outcome: "nobody",
    reason:
      candidates.length === 0 ? "nobody is known to answer for it" : "all who answer for it lost",
  };
}

/** CSIRTs that are passed over because they are silent or suspended keep the summary, so that the channel stays open. */
function summariesIn(candidates: readonly Candidate[]): string[] {
  const passed = candidates.filter(
    ({ group, lost }) =>
      group === "csirt" && (lost === "relation-silent" || lost === "relation-suspended"),
  );
  return [...new Set(passed.map(({ institution }) => institution))];
}
