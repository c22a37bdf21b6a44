import type { Hit, ResponsibilityKind } from "../institution/index.ts";
import { consider, type Considered, type Question, withoutContact } from "./consider.ts";
import type { Candidate, LossReason, RouteRecipient } from "./route-types.ts";
import type { ResolveStep } from "./rules.ts";

/** What one group of those who answer for an asset came to. */
export interface Resolved {
  readonly chosen: readonly RouteRecipient[];
  readonly candidates: readonly Candidate[];
  /** Chosen ones that can be called as well. */
  readonly phones: readonly string[];
}

/** Hits that are equally good. */
interface Tier {
  readonly manual: boolean;
  readonly hits: readonly Hit[];
}

/** Who must not be told is not told by way of a wider fact either. Who only cannot be reached is. */
const FINAL: readonly LossReason[] = [
  "ourselves",
  "opted-out",
  "inhibited",
  "legal-hold",
  "relation-suspended",
  "relation-silent",
];

/** How near a fact is, the nearest first. */
const NEARNESS: readonly ResponsibilityKind[] = ["domain", "cidr", "asn", "sector", "country"];

/** Where a CSIRT, an upstream or a regional body is looked for: first all that a person entered, and of that the nearest. */
export function teamTiers(hits: readonly Hit[]): Tier[] {
  return tiersBy(hits, ({ kind, manual }) => NEARNESS.indexOf(kind) + (manual ? 0 : 10));
}

/** The steps at which a rule looks for an operator. */
export function operatorTiers(hits: readonly Hit[], steps: readonly ResolveStep[]): Tier[] {
  const names: readonly string[] = steps;
  return tiersBy(hits, ({ kind, manual }) => names.indexOf(manual ? `manual-${kind}` : kind));
}

/** Hits by rank, those below 0 left out, and of one rank by length, the most specific first: all of equal length are one tier. */
function tiersBy(hits: readonly Hit[], rankOf: (hit: Hit) => number): Tier[] {
  const ranked = hits
    .map((hit) => ({ hit, rank: rankOf(hit) }))
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank || other.hit.length - one.hit.length);
  const tiers: { manual: boolean; hits: Hit[] }[] = [];
  let last: (typeof ranked)[number] | undefined;
  for (const next of ranked) {
    if (last?.rank === next.rank && last.hit.length === next.hit.length)
      tiers.at(-1)!.hits.push(next.hit);
    else tiers.push({ manual: next.hit.manual, hits: [next.hit] });
    last = next;
  }
  return tiers;
}

/**
 * Goes from the best tier down and keeps the first that has anybody who may be told, all of it. If nobody has a contact, the best who
 * may be told waits for a person to find one.
 */
export function resolveGroup(
  question: Question,
  group: RouteRecipient["group"],
  tiers: readonly Tier[],
): Resolved {
  const chosen: RouteRecipient[] = [];
  const phones: string[] = [];
  const candidates: Candidate[] = [];
  let winner: Tier | undefined;
  for (const tier of tiers) {
    for (const hit of tier.hits) {
      const considered: Considered =
        winner === undefined || winner === tier
          ? consider(question, hit)
          : { lost: beatenBy(winner, tier), detail: beaterIn(winner) };
      candidates.push(candidateOf(group, hit, considered));
      if ("lost" in considered) {
        if (FINAL.includes(considered.lost)) winner ??= tier;
        continue;
      }
      winner = tier;
      if (chosen.some(({ institution }) => institution === hit.institution)) continue;
      chosen.push(considered.recipient);
      if (considered.phone) phones.push(hit.institution);
    }
  }
  return winner === undefined
    ? askForContact(question, candidates)
    : { chosen, candidates, phones };
}

function askForContact(question: Question, candidates: readonly Candidate[]): Resolved {
  const best = candidates.find(({ lost }) => lost === "no-contact" || lost === "placeholder");
  if (best === undefined) return { chosen: [], candidates, phones: [] };
  const asked = { ...best, lost: null };
  return {
    chosen: [withoutContact(question, best.hit, best.detail)],
    candidates: candidates.map((candidate) => (candidate === best ? asked : candidate)),
    phones: [],
  };
}

function beatenBy(winner: Tier, tier: Tier): LossReason {
  return winner.manual && !tier.manual ? "imported-beaten-by-manual" : "less-specific";
}

function beaterIn({ hits }: Tier): string {
  const { institution, kind, value } = hits[0]!;
  return `beaten by ${institution} (${kind} ${value})`;
}

/** A line of the trace. */
export function candidateOf(
  group: Candidate["group"],
  hit: Hit,
  considered: Considered,
): Candidate {
  const { institution } = hit;
  return "lost" in considered
    ? { institution, group, hit, lost: considered.lost, detail: considered.detail }
    : { institution, group, hit, lost: null, detail: considered.recipient.hold?.reason ?? "" };
}
