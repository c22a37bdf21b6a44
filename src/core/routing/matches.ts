import type { Priority } from "../alert/index.ts";
import type { Finding } from "../finding/index.ts";
import { tlpCode } from "../marking/index.ts";
import { liesBelow, liesIn } from "./networks.ts";
import type { When } from "./rules.ts";

/** A finding as the rules look at it. */
interface Facts {
  readonly finding: Finding;
  readonly priority: Priority;
}

/** A condition: whether it holds, and what it looked at. `undefined` if the rule does not say. */
type Check = (when: When, facts: Facts) => readonly [boolean, string | number] | undefined;

const among = <T extends string | number>(list: readonly T[] | undefined, value: T) =>
  list && ([list.includes(value), value] as const);

/** By the key of the condition, the cheap ones first. */
const CHECKS: { readonly [K in keyof Required<When>]: Check } = {
  side: ({ side }, { finding }) => side && [side === finding.side, finding.side],
  kinds: ({ kinds }, { finding }) => among(kinds, finding.kind),
  priorities: ({ priorities }, { priority }) => among(priorities, priority),
  countries: ({ countries }, { finding }) => among(countries, finding.country),
  sectors: ({ sectors }, { finding }) => among(sectors, finding.sector),
  asns: ({ asns }, { finding }) => among(asns, finding.asn),
  families: ({ families }, { finding }) =>
    families && [families.some((it) => sameWord(it, finding.family)), finding.family],
  minConfidence: ({ minConfidence }, { finding: { confidence } }) =>
    minConfidence === undefined
      ? undefined
      : [(confidence ?? -1) >= minConfidence, confidence ?? "none"],
  maxTlp: ({ maxTlp }, { finding: { tlp } }) => maxTlp && [tlpCode(tlp) <= tlpCode(maxTlp), tlp],
  feeds: ({ feeds: wanted }, { finding: { feeds } }) =>
    wanted && [feeds.some((feed) => wanted.some((it) => isFeed(feed, it))), feeds.join(", ")],
  networks: ({ networks }, { finding: { address } }) =>
    networks && [liesIn(address, networks), address],
  domains: ({ domains }, { finding: { host } }) =>
    domains && [domains.some((domain) => liesBelow(host, domain)), host],
};

const checks = Object.entries(CHECKS) as [string, Check][];

/** The first condition of a rule that a finding does not fulfil, in words; `undefined` if it fulfils all. */
export function whyNotMatching(
  when: When,
  finding: Finding,
  priority: Priority,
): string | undefined {
  for (const [name, check] of checks) {
    const result = check(when, { finding, priority });
    if (result !== undefined && !result[0])
      return `${name}: ${result[1] === "" ? "none" : result[1]}`;
  }
  return undefined;
}

function sameWord(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isFeed(feed: string, wanted: string): boolean {
  return wanted.endsWith("*") ? feed.startsWith(wanted.slice(0, -1)) : feed === wanted;
}
