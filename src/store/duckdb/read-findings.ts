/** Findings as people see them, and what stands on their other side. */
import type { FindingFilter } from "../../app/ports.ts";
import type { Counterpart, Counterparts } from "../../core/alert/index.ts";
import { type Finding, findingKey } from "../../core/finding/index.ts";
import { tlpOfCode } from "../../core/marking/index.ts";
import { addressFromText, packCountry, unpackCountry } from "../../core/network/index.ts";
import { encodeText, lastCode, utf8Bytes } from "../../core/observation/index.ts";
import { countsSites, kindCode, kindOfCode } from "../../core/taxonomy/index.ts";
import { instantOf } from "../../core/time/index.ts";
import type { Session } from "./database.ts";
import { kindSql, sideCodes } from "./fold-findings.ts";
import { keyText, protocolText } from "./records.ts";
import type { Registry } from "./registry.ts";
import { textsOf } from "./texts.ts";

interface Sessions {
  readonly read: Session;
  readonly texts: Session;
}

interface StoredFinding {
  side: number;
  kind: number;
  family: bigint;
  asset_hi: bigint;
  asset_lo: bigint;
  asset_host: bigint;
  first_seen: bigint;
  last_seen: bigint;
  observations: bigint;
  facet: number;
  ports: number;
  victim_asn: number;
  url: bigint;
  host: bigint;
  address_hi: bigint;
  address_lo: bigint;
  tlp: number;
  confidence: number | null;
  feeds: number[];
}

const SELECT = `SELECT * EXCLUDE (newest, first_seen, last_seen, last_batch),
  epoch_ms(first_seen) AS first_seen, epoch_ms(last_seen) AS last_seen, (newest >> 64)::UINTEGER AS facet,
  ((newest >> 32) & 4294967295)::UINTEGER AS ports, (newest & 4294967295)::UINTEGER AS victim_asn FROM finding`;

/** Findings that meet a filter, in pages. */
export async function* selectFindings(
  sessions: Sessions,
  registry: Registry,
  filter: FindingFilter,
): AsyncGenerator<Finding[]> {
  const conditions = ["true"];
  if (filter.afterBatch !== undefined) conditions.push(`last_batch > ${filter.afterBatch}`);
  if (filter.seenSince !== undefined)
    conditions.push(`last_seen >= epoch_ms(${Date.parse(filter.seenSince)}::BIGINT)`);
  if (filter.asset !== undefined) conditions.push(assetCondition(filter.asset));
  if (filter.part !== undefined)
    conditions.push(filter.part === "urgent" ? urgent(registry) : `NOT ${urgent(registry)}`);
  const sql = `${SELECT} WHERE ${conditions.join(" AND ")}`;
  for await (const page of sessions.read.pages<StoredFinding>(sql)) {
    const texts = await textsOf(sessions.texts, [...new Set(page.flatMap(codesOf(registry)))]);
    yield page.map((row) => toFinding(row, registry, (code) => texts.get(code) ?? ""));
  }
}

function urgent({ facets }: Registry): string {
  const known = facets.flatMap(({ sectorLo, sectorHi }, id) => {
    return sectorLo === 0 && sectorHi === 0 ? [] : [id];
  });
  return `(side = ${sideCodes.origin} OR (newest >> 64) IN (${known.join(",") || "-1"}))`;
}

function assetCondition(asset: string): string {
  const { hi, lo, host } = assetOf(asset);
  return host === 0n
    ? `(asset_hi = ${hi} AND asset_lo = ${lo} OR address_hi = ${hi} AND address_lo = ${lo})`
    : `(asset_host = ${host} OR host = ${host})`;
}

const codesOf = (registry: Registry) => (row: StoredFinding) => {
  const { sectorLo, sectorHi } = registry.facets[row.facet]!;
  return [row.family, row.asset_host, row.url, row.host, word64(sectorLo, sectorHi)];
};

function toFinding(
  row: StoredFinding,
  registry: Registry,
  text: (code: bigint) => string,
): Finding {
  const facet = registry.facets[row.facet]!;
  const victim = row.side === sideCodes.victim;
  const what = {
    side: victim ? ("victim" as const) : ("origin" as const),
    kind: kindOfCode(row.kind) ?? "undetermined",
    family: text(row.family),
    asset: row.asset_host === 0n ? keyText(row.asset_hi, row.asset_lo) : text(row.asset_host),
  };
  return {
    key: findingKey(what),
    ...what,
    address: keyText(row.address_hi, row.address_lo),
    host: text(row.host),
    port: victim ? row.ports & 0xffff : row.ports >>> 16,
    protocol: protocolText(facet.protocol),
    url: text(row.url),
    country: unpackCountry(victim ? facet.victimCountry : facet.originCountry),
    asn: victim ? row.victim_asn : facet.originAsn,
    sector: victim ? text(word64(facet.sectorLo, facet.sectorHi)) : "",
    firstSeen: instantOf(Number(row.first_seen)),
    lastSeen: instantOf(Number(row.last_seen)),
    observations: Number(row.observations),
    counterparts: 0,
    tlp: tlpOfCode(row.tlp),
    confidence: row.confidence,
    feeds: row.feeds.map((feed) => registry.feeds[feed] ?? "").sort(),
  };
}

/** Findings that are asked about in one statement. */
const ASKED_AT_ONCE = 5_000;

/** What stands on the other side of findings, by key. Of an origin those victims that are at home. */
export async function counterpartsOf(
  sessions: Sessions,
  home: readonly string[],
  findings: readonly Finding[],
  most: number,
): Promise<Map<string, Counterparts>> {
  const all = new Map<string, Counterparts>();
  for (const side of ["victim", "origin"] as const) {
    const asked = findings.filter((finding) => finding.side === side);
    for (let from = 0; from < asked.length; from += ASKED_AT_ONCE) {
      const some = asked.slice(from, from + ASKED_AT_ONCE);
      const rows = await sessions.read.rows<CounterpartRow>(
        counterpartsSql(side, home, some, most),
      );
      const texts = await textsOf(
        sessions.texts,
        rows.flatMap((row) => [row.sector, ...row.known.map(({ name }) => name)]),
      );
      for (const [at, group] of groupsOf(rows))
        all.set(
          some[at]!.key,
          summarise(group, most, (code) => texts.get(code) ?? ""),
        );
    }
  }
  return all;
}

/** The counterparts of one finding in one sector. */
interface CounterpartRow {
  n: number;
  sector: bigint;
  count: bigint;
  known: { last: bigint; hi: bigint; lo: bigint; name: bigint; asn: number }[];
}

function counterpartsSql(
  side: "victim" | "origin",
  home: readonly string[],
  findings: readonly Finding[],
  most: number,
): string {
  const other = side === "victim" ? "origin" : "victim";
  const asked = findings.map((finding, at) => {
    const { hi, lo, host } = assetOf(finding.asset);
    const sites = side === "origin" && countsSites(finding.kind);
    return `(${at}, ${kindCode(finding.kind)}, ${codeOf(finding.family)}, ${hi}, ${lo}, ${host}, ${sites})`;
  });
  const atHome =
    side === "origin"
      ? `AND f.victim_country IN (${home.map(packCountry).join(",") || "NULL"})`
      : "";
  const byHost = `(a.sites AND coalesce(d.${other}_host, 0) <> 0 OR o.${other} = 0)`;
  return `WITH asked AS MATERIALIZED (SELECT n::UINTEGER AS n, kind::UTINYINT AS kind, family::UBIGINT AS family, hi::UBIGINT AS hi,
      lo::UBIGINT AS lo, host::UBIGINT AS host, sites FROM (VALUES ${asked.join(",")}) t(n, kind, family, hi, lo, host, sites)),
    met AS (SELECT a.n, f.sector, o.seen_at,
        CASE WHEN ${byHost} THEN 0 ELSE o.${other} END::UBIGINT AS hi,
        CASE WHEN ${byHost} THEN 0 ELSE coalesce(d.${other}_low, 0) END::UBIGINT AS lo,
        CASE WHEN ${byHost} THEN coalesce(d.${other}_host, 0) ELSE 0 END::UBIGINT AS host,
        ${side === "origin" ? "o.victim_asn" : "f.origin_asn"} AS asn, coalesce(d.${other}_host, 0)::UBIGINT AS name
      FROM observation o JOIN facet f ON f.id = o.facet
      LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
      JOIN asked a ON a.kind = ${kindSql(side)} AND a.family = f.family AND (a.host = 0 AND o.${side} = a.hi AND coalesce(d.${side}_low, 0) = a.lo
        OR a.host <> 0 AND d.${side}_host = a.host)
      WHERE (o.${side} IN (SELECT hi FROM asked WHERE host = 0) OR d.${side}_host IN (SELECT host FROM asked WHERE host <> 0)) ${atHome}),
    each AS (SELECT n, arg_max(sector, seen_at) AS sector, hi, lo, host, arg_max(asn, seen_at) AS asn, arg_max(name, seen_at) AS name, max(epoch_ms(seen_at)) AS last
      FROM met WHERE hi <> 0 OR host <> 0 GROUP BY n, hi, lo, host)
    SELECT n, sector, count(*) AS count, max({last: last, hi: hi, lo: lo, name: name, asn: asn}, ${Math.max(1, most)}) AS known
    FROM each GROUP BY n, sector`;
}

function groupsOf(rows: readonly CounterpartRow[]): Map<number, CounterpartRow[]> {
  const groups = new Map<number, CounterpartRow[]>();
  for (const row of rows) {
    const group = groups.get(row.n);
    if (group) group.push(row);
    else groups.set(row.n, [row]);
  }
  return groups;
}

function summarise(
  rows: readonly CounterpartRow[],
  most: number,
  text: (code: bigint) => string,
): Counterparts {
  const newest = rows
    .flatMap((row) => row.known.map((known) => ({ ...known, sector: text(row.sector) })))
    .sort((a, b) => Number(b.last - a.last));
  return {
    count: rows.reduce((sum, row) => sum + Number(row.count), 0),
    bySector: Object.fromEntries(
      rows
        .filter((row) => row.sector !== 0n)
        .map((row) => [text(row.sector), Number(row.count)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    known: newest.slice(0, most).map(({ hi, lo, name, asn, sector }): Counterpart => {
      return { address: keyText(hi, lo), host: text(name), asn, sector };
    }),
  };
}

/** An asset as it is stored: an address, or the code of a host. */
function assetOf(asset: string): { hi: bigint; lo: bigint; host: bigint } {
  const address = addressFromText(asset);
  if (!address) return { hi: 0n, lo: 0n, host: codeOf(asset) };
  if (address.version === 4) return { hi: BigInt(address.w3), lo: 0n, host: 0n };
  return { hi: word64(address.w1, address.w0), lo: word64(address.w3, address.w2), host: 0n };
}

function codeOf(text: string): bigint {
  const bytes = utf8Bytes(text);
  encodeText(bytes, 0, bytes.length);
  return word64(lastCode.lo, lastCode.hi);
}

function word64(lo: number, hi: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo);
}
