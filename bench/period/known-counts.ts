/** Counts a period from the botnet itself: what the store must answer. */
import type { Period } from "#tocsin/core/measure/index.js";
import { type Botnet, countryCodes, FIRST_DAY, originOf, seen, sighting } from "./botnet.ts";

/** Distinct addresses. */
export interface KnownHosts {
  victims: number;
  origins: number;
}

/** What is known of a period. */
export interface KnownCounts extends KnownHosts {
  readonly byCountry: Readonly<Record<string, KnownHosts>>;
}

/** A row that was delivered late: beyond what the botnet's own function says. */
export interface LateRow {
  readonly victim: number;
  /** Counted from the first day of the period. */
  readonly day: number;
  readonly origin: number;
}

/** Counts with plain sets and flags; `period` in days since 1970. */
export function knownCounts(net: Botnet, late: readonly LateRow[], period: Period): KnownCounts {
  const from = period.from - FIRST_DAY;
  const until = period.until - FIRST_DAY;
  const lateOf = byVictim(late.filter(({ day }) => day >= from && day < until));
  const byCountry = countryCodes.map((): KnownHosts => ({ victims: 0, origins: 0 }));
  const originSeen = new Uint8Array(net.countries.length);
  let victims = 0;
  const called = new Set<number>();
  const abroad = new Set<number>();
  for (let victim = 0; victim < net.victims; victim++) {
    called.clear();
    callsOf(net, victim, from, until, called);
    for (const origin of lateOf.get(victim) ?? []) called.add(origin);
    if (called.size === 0) continue;
    victims++;
    abroad.clear();
    for (const origin of called) {
      originSeen[origin] = 1;
      abroad.add(net.countries[origin]!);
    }
    for (const country of abroad) byCountry[country]!.victims++;
  }
  originSeen.forEach((one, origin) => (byCountry[net.countries[origin]!]!.origins += one));
  const named = byCountry.map((hosts, at) => [countryCodes[at]!, hosts] as const);
  return {
    victims,
    origins: originSeen.reduce((sum, one) => sum + one, 0),
    byCountry: Object.fromEntries(named.filter(([, hosts]) => hosts.origins > 0)),
  };
}

/** Adds the origins that a victim called; there are two at the most. */
function callsOf(
  net: Botnet,
  victim: number,
  from: number,
  until: number,
  into: Set<number>,
): void {
  const most = net.usual[victim] === net.other[victim] ? 1 : 2;
  for (let day = from; day < until && into.size < most; day++) {
    const sighted = sighting(victim, day);
    if (seen(sighted)) into.add(originOf(net, victim, sighted));
  }
}

function byVictim(rows: readonly LateRow[]): Map<number, number[]> {
  const origins = new Map<number, number[]>();
  for (const { victim, origin } of rows)
    origins.set(victim, [...(origins.get(victim) ?? []), origin]);
  return origins;
}
