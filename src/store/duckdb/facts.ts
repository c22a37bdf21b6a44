/** What is known of one address or host. */
import type { AddressFacts } from "../../app/ports.ts";
import { addressFromText, addressText, unpackCountry } from "../../core/network/index.ts";
import { markCodes } from "../../core/observation/index.ts";
import { kindOfCode } from "../../core/taxonomy/index.ts";
import type { Session } from "./database.ts";
import { readRecords, timeText } from "./records.ts";
import type { Registry } from "./registry.ts";
import { plainHost, subjectCondition } from "./subject.ts";
import { textsOf } from "./texts.ts";

type Side = "victim" | "origin";

/** Facts of an address (IPv6: of its /64) or, on the victim's side, of a host name; `undefined` if it was never seen. */
export async function factsOf(
  sessions: { read: Session; texts: Session },
  registry: Registry,
  side: Side,
  subject: string,
): Promise<AddressFacts | undefined> {
  const where = subjectCondition(side, subject);
  if (!where) return undefined;
  const { read } = sessions;
  const other = side === "victim" ? "origin" : "victim";
  const [sum] = await read.rows<Summary>(
    `SELECT count(*) AS n, coalesce(sum(o.count), 0)::BIGINT AS times, coalesce(min(epoch_ms(o.seen_at)), 0)::BIGINT AS first,
       coalesce(max(greatest(epoch_ms(o.seen_at), coalesce(epoch_ms(d.seen_until), 0))), 0)::BIGINT AS last,
       count(DISTINCT epoch_ms(o.seen_at) // 86400000) AS days, count(DISTINCT nullif(o.${other}, 0)) AS counterparts
     FROM observation o LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity WHERE ${where}`,
  );
  if (!sum || sum.n === 0n) return undefined;
  const groups = await read.rows<FacetGroup>(
    `SELECT o.facet, o.victim_asn, b.location_name, b.location_date, count(*) AS n,
       max(epoch_ms(o.seen_at))::BIGINT AS last, count(DISTINCT o.${other}) AS others
     FROM observation o JOIN batch b ON b.id = o.batch
     LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity WHERE ${where} GROUP BY ALL ORDER BY max(o.batch) DESC, o.facet`,
  );
  const address = addressFromText(subject);
  return {
    address: address ? addressText(address) : plainHost(subject),
    side,
    observations: Number(sum.n),
    times: Number(sum.times),
    firstSeen: timeText(sum.first),
    lastSeen: timeText(sum.last),
    days: Number(sum.days),
    counterparts: Number(sum.counterparts),
    ...(await describeGroups(sessions, registry, side, groups)),
    counterpartCountries: await counterpartCountries(read, registry, other, where),
    hosts: await hostsOf(sessions, side, where),
    recent: await recentOf(sessions, registry, where),
  };
}

interface Summary {
  n: bigint;
  times: bigint;
  first: bigint;
  last: bigint;
  days: bigint;
  counterparts: bigint;
}

interface FacetGroup {
  facet: number;
  victim_asn: number;
  location_name: string;
  location_date: string;
  n: bigint;
  last: bigint;
}

async function describeGroups(
  sessions: { texts: Session },
  registry: Registry,
  side: Side,
  groups: readonly FacetGroup[],
): Promise<Pick<AddressFacts, "located" | "feeds" | "kinds">> {
  const located = new Map<string, AddressFacts["located"][number]>();
  const feeds = new Map<string, { observations: number; last: bigint }>();
  const kinds = new Map<string, AddressFacts["kinds"][number]>();
  const families = groups.map(({ facet }) => familyCode(registry, facet));
  const texts = await textsOf(sessions.texts, [...new Set(families)]);
  groups.forEach((group, i) => {
    const facet = registry.facets[group.facet]!;
    const victim = side === "victim";
    const place = {
      country: unpackCountry(victim ? facet.victimCountry : facet.originCountry),
      asn: victim ? group.victim_asn : facet.originAsn,
      mark: markName(victim ? facet.victimMark : facet.originMark),
      table: { name: group.location_name, date: group.location_date },
    };
    located.set(JSON.stringify(place), place);
    const feed = registry.feeds[facet.feed]!;
    const known = feeds.get(feed) ?? { observations: 0, last: 0n };
    feeds.set(feed, {
      observations: known.observations + Number(group.n),
      last: group.last > known.last ? group.last : known.last,
    });
    const kind = kindOfCode(facet.kind) ?? String(facet.kind);
    const family = texts.get(families[i]!) ?? "";
    const before = kinds.get(`${kind} ${family}`)?.observations ?? 0;
    kinds.set(`${kind} ${family}`, { kind, family, observations: before + Number(group.n) });
  });
  return {
    located: [...located.values()],
    feeds: [...feeds].map(([feed, { observations, last }]) => ({
      feed,
      observations,
      lastSeen: timeText(last) ?? "",
    })),
    kinds: [...kinds.values()].sort(
      (a, b) => b.observations - a.observations || (a.kind + a.family < b.kind + b.family ? -1 : 1),
    ),
  };
}

async function counterpartCountries(
  read: Session,
  registry: Registry,
  other: Side,
  where: string,
): Promise<AddressFacts["counterpartCountries"]> {
  const rows = await read.rows<{ facet: number; key: bigint }>(
    `SELECT DISTINCT o.facet, o.${other} AS key FROM observation o
     LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity WHERE ${where} AND o.${other} <> 0`,
  );
  const byCountry = new Map<string, Set<bigint>>();
  for (const { facet, key } of rows) {
    const of = registry.facets[facet]!;
    const country = unpackCountry(other === "victim" ? of.victimCountry : of.originCountry);
    const keys = byCountry.get(country) ?? new Set();
    byCountry.set(country, keys.add(key));
  }
  return [...byCountry]
    .map(([country, keys]) => ({ country, addresses: keys.size }))
    .sort((a, b) => b.addresses - a.addresses || (a.country < b.country ? -1 : 1));
}

async function hostsOf(
  sessions: { read: Session; texts: Session },
  side: Side,
  where: string,
): Promise<string[]> {
  const rows = await sessions.read.rows<{ host: bigint }>(
    `SELECT DISTINCT d.${side}_host AS host FROM observation o
     JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
     WHERE ${where} AND d.${side}_host <> 0 LIMIT 50`,
  );
  return [
    ...(
      await textsOf(
        sessions.texts,
        rows.map((row) => row.host),
      )
    ).values(),
  ].sort();
}

async function recentOf(
  sessions: { read: Session; texts: Session },
  registry: Registry,
  where: string,
): Promise<AddressFacts["recent"]> {
  const newest = `${where} ORDER BY o.seen_at DESC, o.batch, o.line LIMIT 20`;
  for await (const page of readRecords(sessions, registry, newest, [])) return page;
  return [];
}

function familyCode(registry: Registry, facet: number): bigint {
  const { familyLo, familyHi } = registry.facets[facet]!;
  return (BigInt(familyHi) << 32n) | BigInt(familyLo);
}

function markName(code: number): string {
  return Object.entries(markCodes).find(([, value]) => value === code)?.[0] ?? "none";
}
