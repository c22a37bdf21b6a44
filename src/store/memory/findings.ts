import type { FindingFilter, FindingFolder } from "../../app/ports.ts";
import type { Counterpart, Counterparts } from "../../core/alert/index.ts";
import { type Finding, findingKey, kindOnSide, type Side } from "../../core/finding/index.ts";
import { parseTlp, tlpCode, tlpOfCode } from "../../core/marking/index.ts";
import { packCountry, unpackCountry } from "../../core/network/index.ts";
import { markCodes, sideBits } from "../../core/observation/index.ts";
import { countsSites } from "../../core/taxonomy/index.ts";
import { type Instant, instantOf } from "../../core/time/index.ts";
import { groupBy } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";

/** An observation seen from one of its sides. */
interface Sighting {
  readonly row: StoredObservation;
  readonly side: Side;
  readonly asset: string;
}

/** The findings of observations, made by looking at all of them at each fold. */
export function findingsOf(
  observations: readonly StoredObservation[],
  homeCodes: readonly string[],
): FindingFolder {
  const home = new Set(homeCodes.map(packCountry));
  const folded = new Map<string, { finding: Finding; batch: number }>();
  return {
    fold: async () => {
      const newest = Math.max(0, ...observations.map((row) => row.batch.batch));
      const now = foldAll(observations, home);
      for (const key of folded.keys()) if (!now.has(key)) folded.delete(key);
      for (const [key, finding] of now)
        if (JSON.stringify(finding) !== JSON.stringify(folded.get(key)?.finding))
          folded.set(key, { finding, batch: newest });
      return newest;
    },
    select: async function* (filter) {
      const wanted = [...folded.values()].filter(({ finding, batch }) => {
        return batch > (filter.afterBatch ?? 0) && meets(finding, filter);
      });
      if (wanted.length > 0) yield wanted.map(({ finding }) => finding);
    },
    counterparts: async (findings, most) =>
      new Map(
        findings.flatMap((finding) => {
          const others = counterpartsOf(finding, observations, home, most);
          return others.count === 0 ? [] : [[finding.key, others] as const];
        }),
      ),
  };
}

function meets(finding: Finding, { seenSince, asset, part }: FindingFilter): boolean {
  const urgent = finding.side === "origin" || finding.sector !== "";
  if (part !== undefined && urgent !== (part === "urgent")) return false;
  if (seenSince !== undefined && finding.lastSeen < seenSince) return false;
  return asset === undefined || [finding.asset, finding.address, finding.host].includes(asset);
}

function foldAll(
  rows: readonly StoredObservation[],
  home: ReadonlySet<number>,
): Map<string, Finding> {
  const sightings = rows.flatMap((row) =>
    (["victim", "origin"] as const).flatMap((side) => sightingOf(row, side, home) ?? []),
  );
  const groups = groupBy(sightings, ({ row, side, asset }) =>
    findingKey({ side, asset, kind: kindOnSide(side, row.kind!), family: row.record.family }),
  );
  return new Map([...groups].map(([key, group]) => [key, foldOne(key, group)]));
}

/** Whether and under which asset a row counts on a side. */
function sightingOf(
  row: StoredObservation,
  side: Side,
  home: ReadonlySet<number>,
): Sighting | undefined {
  const { facet, kind } = row;
  if (kind === undefined || kind === "test" || (facet.sides & sideBits[side]) === 0)
    return undefined;
  const mark = side === "victim" ? facet.victimMark : facet.originMark;
  if (mark !== markCodes.none) return undefined;
  if (side === "victim" && !home.has(facet.victimCountry)) return undefined;
  const asset = assetOf(row, side);
  return asset === "" ? undefined : { row, side, asset };
}

function assetOf({ record, kind }: StoredObservation, side: Side): string {
  const [address, host] =
    side === "victim" ? [record.victim, record.victimHost] : [record.origin, record.originHost];
  const byHost = address === "" || (side === "victim" && countsSites(kind!) && host !== "");
  return byHost ? host : address;
}

function foldOne(key: string, sightings: readonly Sighting[]): Finding {
  const newestFirst = sightings.toSorted((a, b) => b.row.seenAt - a.row.seenAt);
  const { row, side, asset } = newestFirst[0]!;
  const victim = side === "victim";
  const newestOf = (field: (record: StoredObservation["record"]) => string): string =>
    newestFirst.map((sighting) => field(sighting.row.record)).find((text) => text !== "") ?? "";
  const confidences = sightings.flatMap((sighting) => sighting.row.record.confidence ?? []);
  return {
    key,
    side,
    kind: kindOnSide(side, row.kind!),
    family: row.record.family,
    asset,
    address: newestOf((record) => (victim ? record.victim : record.origin)),
    host: newestOf((record) => (victim ? record.victimHost : record.originHost)),
    port: victim ? row.record.victimPort : row.record.originPort,
    protocol: row.record.protocol,
    url: newestOf((record) => record.url),
    country: unpackCountry(victim ? row.facet.victimCountry : row.facet.originCountry),
    asn: victim ? row.record.victimAsn : row.record.originAsn,
    sector: victim ? row.record.sector : "",
    firstSeen: instantOf(Math.min(...sightings.map((sighting) => sighting.row.seenAt))),
    lastSeen: sightings.map(lastSeenOf).toSorted().at(-1)!,
    observations: sightings.length,
    counterparts: 0,
    tlp: tlpOfCode(Math.max(...sightings.map(tlpCodeOf))),
    confidence: confidences.length === 0 ? null : Math.max(...confidences),
    feeds: [...new Set(sightings.map((sighting) => sighting.row.record.feed))].sort(),
  };
}

function lastSeenOf({ row }: Sighting): Instant {
  const until = row.record.seenUntil === null ? 0 : Date.parse(row.record.seenUntil);
  return instantOf(Math.max(row.seenAt, until));
}

function tlpCodeOf({ row }: Sighting): number {
  return tlpCode(parseTlp(row.record.tlp) ?? "red");
}

function counterpartsOf(
  finding: Finding,
  rows: readonly StoredObservation[],
  home: ReadonlySet<number>,
  most: number,
): Counterparts {
  const met = rows
    .filter((row) => isOf(row, finding))
    .filter((row) => finding.side === "victim" || home.has(row.facet.victimCountry))
    .toSorted((a, b) => b.seenAt - a.seenAt);
  const newest = new Map<string, Counterpart>();
  for (const row of met) {
    const other = otherOf(row, finding.side);
    const name = other.address || other.host;
    if (name !== "" && !newest.has(name)) newest.set(name, other);
  }
  const others = [...newest.values()];
  const sectors = groupBy(others, ({ sector }) => sector);
  return {
    count: others.length,
    bySector: Object.fromEntries(
      [...sectors]
        .filter(([sector]) => sector !== "")
        .map(([sector, of]) => [sector, of.length] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    known: others.slice(0, most),
  };
}

function isOf(row: StoredObservation, { side, kind, family, asset }: Finding): boolean {
  const { record } = row;
  if (kindOnSide(side, row.kind ?? "test") !== kind || record.family !== family) return false;
  const [address, host] =
    side === "victim" ? [record.victim, record.victimHost] : [record.origin, record.originHost];
  return address === asset || host === asset;
}

/** An address, or a host where the kind is about web sites or there is nothing else. */
function otherOf({ record, kind }: StoredObservation, side: Side): Counterpart {
  const { sector } = record;
  if (side === "victim") {
    return { address: record.origin, host: record.originHost, asn: record.originAsn, sector };
  }
  const byHost = (countsSites(kind!) && record.victimHost !== "") || record.victim === "";
  return byHost
    ? { address: "", host: record.victimHost, asn: record.victimAsn, sector }
    : { address: record.victim, host: record.victimHost, asn: record.victimAsn, sector };
}
