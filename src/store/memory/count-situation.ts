/** The counts of docs/counting.md, counted the plain way: look at every row, put keys into sets. */
import {
  type Breakdown,
  causeOf,
  type Counts,
  daysOf,
  dayText,
  type ExcludedCounts,
  type Exclusion,
  monthsOf,
  monthText,
  type Period,
  type SituationCounts,
  type SituationQuestion,
} from "../../core/measure/index.ts";
import { packCountry } from "../../core/network/index.ts";
import { countsSites, type Kind } from "../../core/taxonomy/index.ts";
import { distinct, groupBy, mapValues } from "./group-by.ts";
import type { StoredObservation } from "./observation.ts";

/** Counts the rows of a period. */
export function countSituation(
  rows: readonly StoredObservation[],
  question: SituationQuestion,
): SituationCounts {
  const asked = within(rows, question.period).filter(
    (row) => question.kind === undefined || row.kind === question.kind,
  );
  const home = new Set(question.home.map(packCountry));
  const byCause = groupBy(asked, (row) => causeFor(row, home, question.kind));
  const counted = byCause.get("counted") ?? [];
  byCause.delete("counted");
  return {
    total: countsOf(counted),
    byCountry: mapValues(
      groupBy(counted, (row) => row.facet.originCountry),
      countsOf,
    ),
    websitesBySector: mapValues(
      groupBy(counted.filter(namesSite), (row) => row.record.sector),
      hostsOf,
    ),
    excluded: mapValues(byCause as Map<Exclusion, StoredObservation[]>, excludedCountsOf),
    observations: question.kind ? counted.length : counted.filter(isComputer).length,
    ...(question.by && { groups: groupsOf(counted, question.by, question.period) }),
  };
}

/** The rows of a period. */
export function within(rows: readonly StoredObservation[], period: Period): StoredObservation[] {
  return rows.filter((row) => row.day >= period.from && row.day < period.until);
}

/** A question about one kind counts that kind, whatever it is. */
function causeFor(row: StoredObservation, home: ReadonlySet<number>, only: Kind | undefined) {
  const cause = causeOf(row.facet, home);
  return cause === "otherKind" && only !== undefined ? "counted" : cause;
}

function countsOf(rows: readonly StoredObservation[]): Counts {
  const computers = rows.filter(isComputer);
  const sites = rows.filter(isSite);
  return {
    victims: distinct(computers.map((row) => row.victimKey)),
    origins: distinct(computers.map((row) => row.originKey)),
    originsWithVictims: distinct(computers.filter(namesVictim).map((row) => row.originKey)),
    websites: hostsOf(sites),
    websiteOrigins: distinct(sites.map((row) => row.originKey)),
  };
}

function excludedCountsOf(rows: readonly StoredObservation[]): ExcludedCounts {
  return {
    observations: rows.length,
    victims: distinct(rows.map((row) => row.victimKey)),
    origins: distinct(rows.map((row) => row.originKey)),
  };
}

/** Parts of a period are all there, so that a month without observations shows as one; other groups only if they have any. */
function groupsOf(
  rows: readonly StoredObservation[],
  by: Breakdown,
  period: Period,
): Map<string, Counts> {
  if (by === "month" || by === "day") {
    const [parts, name] = by === "month" ? [monthsOf, monthText] : [daysOf, dayText];
    return new Map(
      parts(period).map((part) => [name(part.from), countsOf(within(rows, part))] as const),
    );
  }
  return mapValues(
    groupBy(rows, (row) => keyOf[by](row)),
    countsOf,
  );
}

const keyOf: Record<Exclude<Breakdown, "month" | "day">, (row: StoredObservation) => string> = {
  country: (row) => row.record.originCountry,
  asn: (row) => String(row.record.originAsn),
  sector: (row) => row.record.sector,
  family: (row) => row.record.family,
  feed: (row) => row.record.feed,
  kind: (row) => row.record.kind,
};

function hostsOf(rows: readonly StoredObservation[]): number {
  return distinct(rows.map((row) => row.record.victimHost));
}

function isSite(row: StoredObservation): boolean {
  return row.kind !== undefined && countsSites(row.kind);
}

function isComputer(row: StoredObservation): boolean {
  return row.kind !== undefined && !countsSites(row.kind);
}

function namesSite(row: StoredObservation): boolean {
  return isSite(row) && row.record.victimHost !== "";
}

function namesVictim(row: StoredObservation): boolean {
  return row.record.victim !== "" || row.record.victimHost !== "";
}
