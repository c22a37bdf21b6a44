import { firstText, isObject, type JsonObject, listOf } from "../shared/record/index.ts";

/** One address, or one host without an address, that an event names as a source or a target. */
export interface Party {
  /** Its members, under the event's own names: `IP`, `Port`, `Hostname` ... */
  readonly members: JsonObject;
  readonly types: readonly string[];
  readonly protocols: readonly string[];
  readonly url: string;
}

const addressMembers = ["IP4", "IP6", "IP"];

/** The parties in an event's `Source` or `Target`: one for each address. */
export function partiesOf(list: unknown): Party[] {
  return listOf(list).flatMap((entry) => (isObject(entry) ? partiesIn(entry) : []));
}

function partiesIn(entry: JsonObject): Party[] {
  const members: JsonObject = {};
  for (const name in entry) if (!addressMembers.includes(name)) members[name] = single(entry[name]);
  const party: Party = {
    members,
    types: textsIn(entry["Type"]),
    protocols: textsIn(entry["Proto"]),
    url: firstText(entry["URL"]),
  };
  const addresses = addressMembers.flatMap((name) => listOf(entry[name]));
  if (addresses.length > 0)
    return addresses.map((address) => ({ ...party, members: { ...members, IP: address } }));
  return Object.keys(members).length > 0 ? [party] : [];
}

/** A list of one is the one. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
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
