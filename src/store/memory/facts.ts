import type { AddressFacts, ObservationRecord } from "../../app/ports.ts";
import { markCodes } from "../../core/observation/index.ts";
import { distinct, groupBy } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";
import { readSubject } from "./subject.ts";

const RECENT = 20;

/** What an observation says of one side. */
interface SideFields {
  readonly key: bigint;
  readonly host: string;
  readonly country: string;
  readonly asn: number;
  readonly mark: number;
}

const sides = {
  victim: ({ record, facet, victimKey }: StoredObservation): SideFields => ({
    key: victimKey,
    host: record.victimHost,
    country: record.victimCountry,
    asn: record.victimAsn,
    mark: facet.victimMark,
  }),
  origin: ({ record, facet, originKey }: StoredObservation): SideFields => ({
    key: originKey,
    host: record.originHost,
    country: record.originCountry,
    asn: record.originAsn,
    mark: facet.originMark,
  }),
};

/** What is known of one address or host name; `undefined` if nothing. */
export function factsOf(
  all: readonly StoredObservation[],
  side: AddressFacts["side"],
  asked: string,
): AddressFacts | undefined {
  const subject = readSubject(asked);
  const rows = all.filter((row) => subject.is(row, side)).sort((a, b) => b.seenAt - a.seenAt);
  if (rows.length === 0) return undefined;
  const counterparts = rows.map(sides[side === "victim" ? "origin" : "victim"]);
  return {
    address: subject.text,
    side,
    observations: rows.length,
    times: rows.reduce((sum, { record }) => sum + record.count, 0),
    firstSeen: rows.at(-1)!.record.seenAt,
    lastSeen: latest(rows.flatMap(({ record }) => [record.seenAt, record.seenUntil ?? ""])),
    days: new Set(rows.map((row) => row.day)).size,
    counterparts: distinct(counterparts.map(({ key }) => key)),
    located: locationsOf(rows, side),
    feeds: mostFirst(groupBy(rows, ({ record }) => record.feed)).map(([newest, n]) => ({
      feed: newest.feed,
      observations: n,
      lastSeen: newest.seenAt,
    })),
    kinds: mostFirst(groupBy(rows, ({ record }) => `${record.kind} ${record.family}`)).map(
      ([{ kind, family }, observations]) => ({ kind, family, observations }),
    ),
    counterpartCountries: countriesOf(counterparts),
    hosts: [...new Set(rows.map((row) => sides[side](row).host).filter(Boolean))].sort(),
    recent: rows.slice(0, RECENT).map((row) => row.record),
  };
}

function locationsOf(
  rows: readonly StoredObservation[],
  side: AddressFacts["side"],
): AddressFacts["located"] {
  const located = rows.map((row) => {
    const { country, asn, mark } = sides[side](row);
    return { country, asn, mark: markName(mark), table: row.batch.locationTable };
  });
  return [...new Map(located.map((place) => [JSON.stringify(place), place])).values()];
}

function countriesOf(counterparts: readonly SideFields[]): AddressFacts["counterpartCountries"] {
  const named = counterparts.filter(({ key }) => key !== 0n);
  return [...groupBy(named, ({ country }) => country)]
    .map(([country, of]) => ({ country, addresses: distinct(of.map(({ key }) => key)) }))
    .sort((a, b) => b.addresses - a.addresses || (a.country < b.country ? -1 : 1));
}

/** Of each group the newest record and how many there are; the largest group first. */
function mostFirst(
  groups: ReadonlyMap<string, readonly StoredObservation[]>,
): [newest: ObservationRecord, rows: number][] {
  return [...groups]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([, of]) => [of[0]!.record, of.length]);
}

/** ISO 8601 times with and without milliseconds do not sort as texts. */
function latest(times: readonly string[]): string {
  return times.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a));
}

function markName(code: number): string {
  return Object.entries(markCodes).find(([, of]) => of === code)?.[0] ?? "";
}
