import {
  type Breakdown,
  causes,
  countable,
  type CountryRow,
  type Counts,
  dayText,
  type ExcludedCounts,
  type Exclusion,
  type Situation,
  type SituationCounts,
  type SituationQuestion,
} from "../core/measure/index.ts";
import { unpackCountry } from "../core/network/index.ts";
import { allKinds, countsComputers } from "../core/taxonomy/index.ts";
import type { ObservationStore } from "./ports.ts";

/** Names things for people; the language is the caller's. */
export interface Names {
  country(iso2: string): string;
}

const OVERLAP =
  "A computer can be affected from several countries: the victims of countries overlap and do not add up to the total. " +
  "Months overlap likewise.";

/** Answers the situation question exactly, with shares, ranks, names and basis. */
export async function situation(
  store: ObservationStore,
  question: SituationQuestion,
  names: Names,
): Promise<Situation> {
  const period = countable(question.period);
  const counts = await store.countSituation({ ...question, period });
  const basis = await store.basisOf(period);
  const answer: Situation = {
    period: {
      from: dayText(question.period.from),
      until: dayText(question.period.until),
      lastDay: dayText(question.period.until - 1),
    },
    home: [...question.home],
    kind: question.kind ?? null,
    total: {
      victims: counts.total.victims,
      origins: counts.total.origins,
      originsWithVictims: counts.total.originsWithVictims,
      observations: counts.observations,
    },
    byCountry: rankCountries(counts, names),
    websites: websitesOf(counts, names),
    excluded: excludedOf(counts.excluded),
    overlap: OVERLAP,
    basis: {
      exact: true,
      unit: "distinct addresses; IPv6 by /64; web sites by host name",
      kinds: question.kind ? [question.kind] : allKinds.filter(countsComputers),
      ...basis,
    },
  };
  if (question.by && counts.groups)
    answer.by = { breakdown: question.by, rows: rowsOf(question.by, counts.groups, names) };
  return answer;
}

function rankCountries(counts: SituationCounts, names: Names): CountryRow[] {
  const { origins, victims } = counts.total;
  const rows = [...counts.byCountry]
    .filter(([, c]) => c.origins > 0 || c.victims > 0)
    .map(([code, c]) => ({ country: unpackCountry(code), ...c }));
  const rank = (of: (row: Counts) => number) => (row: Counts) =>
    1 + rows.filter((other) => of(other) > of(row)).length;
  const originRank = rank((row) => row.origins);
  const victimRank = rank((row) => row.victims);
  return rows
    .map((row) => ({
      country: row.country,
      name: names.country(row.country),
      origins: row.origins,
      victims: row.victims,
      originShare: share(row.origins, origins),
      victimShare: share(row.victims, victims),
      originRank: originRank(row),
      victimRank: victimRank(row),
      originsWithVictims: row.originsWithVictims,
    }))
    .sort(
      (a, b) => b.origins - a.origins || b.victims - a.victims || (a.country < b.country ? -1 : 1),
    );
}

function websitesOf(counts: SituationCounts, names: Names): Situation["websites"] {
  const { websites, websiteOrigins } = counts.total;
  return {
    total: websites,
    origins: websiteOrigins,
    byCountry: [...counts.byCountry]
      .filter(([, c]) => c.websites > 0)
      .map(([code, c]) => {
        const country = unpackCountry(code);
        return {
          country,
          name: names.country(country),
          websites: c.websites,
          origins: c.websiteOrigins,
          share: share(c.websites, websites),
        };
      })
      .sort(
        (a, b) =>
          b.websites - a.websites || b.origins - a.origins || (a.country < b.country ? -1 : 1),
      ),
    bySector: [...counts.websitesBySector]
      .map(([sector, n]) => ({
        sector: sector || "unknown",
        websites: n,
        share: share(n, websites),
      }))
      .sort((a, b) => b.websites - a.websites || (a.sector < b.sector ? -1 : 1)),
  };
}

function excludedOf(counted: SituationCounts["excluded"]): Record<Exclusion, ExcludedCounts> {
  const all = {} as Record<Exclusion, ExcludedCounts>;
  for (const cause of causes)
    if (cause !== "counted")
      all[cause] = counted.get(cause) ?? { observations: 0, victims: 0, origins: 0 };
  return all;
}

function rowsOf(
  by: Breakdown,
  groups: ReadonlyMap<string, Counts>,
  names: Names,
): (Counts & { key: string; name: string })[] {
  const rows = [...groups].map(([key, counts]) => ({
    key,
    name: by === "country" ? names.country(key) : by === "asn" ? asnName(key) : key || "unknown",
    ...counts,
  }));
  if (by === "month" || by === "day") return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  return rows.sort(
    (a, b) =>
      b.origins - a.origins ||
      b.victims - a.victims ||
      b.websites - a.websites ||
      (a.key < b.key ? -1 : 1),
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}

function asnName(key: string): string {
  return key === "0" ? "unknown" : `AS${key}`;
}
