import {
  flatten,
  isObject,
  type JsonObject,
  listOf,
  type Members,
} from "../shared/record/index.ts";

/** One address, or one host without an address, that an event names as a source or a target. */
export interface Party {
  /** Its members, as those of the only party are named: `Source.IP`, `Source.Port` ...; none if it is the only one. */
  readonly facts: JsonObject;
  readonly types: readonly string[];
  readonly protocols: readonly string[];
  readonly hasUrl: boolean;
}

/** Names of the side in an event. */
export type SideName = "Source" | "Target";

const addressMembers = ["IP4", "IP6", "IP"];

/** The members of a side's only party, by their flat names. */
const flatNames = (side: SideName) => ({
  addresses: addressMembers.map((name) => `${side}.${name}`),
  type: `${side}.Type`,
  protocol: `${side}.Proto`,
  url: `${side}.URL`,
  others: [`${side}.Hostname`, `${side}.Port`],
});
const names = { Source: flatNames("Source"), Target: flatNames("Target") };

/** The parties of a side: one for each address. */
export function partiesOf(event: Members, side: SideName): Party[] {
  if (event.has(side)) return listOf(event.get(side)).flatMap((entry) => partiesIn(entry, side));
  const { addresses, type, protocol, url, others } = names[side];
  const only: Party = {
    facts: {},
    types: event.texts(type),
    protocols: event.texts(protocol),
    hasUrl: event.has(url),
  };
  const there = addresses.filter((name) => event.has(name));
  if (there.length > 1 || there.some((name) => event.isList(name)))
    return there
      .flatMap((name) => listOf(event.get(name)))
      .map((address) => ({ ...only, facts: addressFacts(side, address) }));
  const named = there.length > 0 || only.hasUrl || event.has(type) || event.has(protocol);
  return named || others.some((name) => event.has(name)) ? [only] : [];
}

/** One address in place of all that the side has. */
function addressFacts(side: SideName, address: unknown): JsonObject {
  return { [`${side}.IP4`]: undefined, [`${side}.IP6`]: undefined, [`${side}.IP`]: address };
}

function partiesIn(entry: unknown, side: SideName): Party[] {
  if (!isObject(entry)) return [];
  const flat = flatten({ [side]: entry });
  const { Type, Proto, URL } = entry;
  const party: Party = {
    facts: flat,
    types: textsIn(Type),
    protocols: textsIn(Proto),
    hasUrl: listOf(URL).length > 0,
  };
  const addresses = addressMembers.flatMap((name) => listOf(entry[name]));
  if (addresses.length < 2) return [party];
  return addresses.map((address) => ({
    ...party,
    facts: { ...flat, ...addressFacts(side, address) },
  }));
}

/** Members that hide those of the side's parties, for an observation that has none of them. */
export function noParty(event: Members, side: SideName): JsonObject {
  return Object.fromEntries(
    event.namesUnder(`${side}.`).map((name): [string, unknown] => [name, undefined]),
  );
}

function textsIn(value: unknown): string[] {
  return listOf(value).filter((text) => typeof text === "string");
}

/** A source and a target that the event shows together. */
export type Pair = readonly [source: Party | undefined, target: Party | undefined];

/**
 * Who met whom. With one party on a side it is clear; where there are several on both, the event does not say, and each stands
 * alone.
 */
export function pairsOf(sources: readonly Party[], targets: readonly Party[]): Pair[] {
  if (sources.length > 1 && targets.length > 1)
    return [
      ...sources.map((source): Pair => [source, undefined]),
      ...targets.map((target): Pair => [undefined, target]),
    ];
  if (targets.length > 1) return targets.map((target) => [sources[0], target]);
  if (sources.length > 1) return sources.map((source) => [source, targets[0]]);
  return [[sources[0], targets[0]]];
}
