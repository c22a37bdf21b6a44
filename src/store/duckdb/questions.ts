/** Answers the situation question. */
import {
  type Counts,
  causeOf,
  causes,
  dayText,
  daysOf,
  type ExcludedCounts,
  type Exclusion,
  type Grouping,
  type Measure,
  monthsOf,
  monthText,
  type Period,
  type SituationCounts,
  type SituationQuestion,
  type View,
  viewOf,
} from "../../core/measure/index.ts";
import { packCountry, unpackCountry } from "../../core/network/index.ts";
import { countsComputers, kindCode, kindOfCode } from "../../core/taxonomy/index.ts";
import type { CountsByView } from "./cell-memory.ts";
import { asksForOwnHome, countViews, type Library } from "./count-views.ts";
import { textsOf } from "./texts.ts";

export type { Library } from "./count-views.ts";

const measuresOfCounts: readonly Measure[] = [
  "victims",
  "origins",
  "originsWithVictims",
  "websites",
  "websiteOrigins",
];

const basic: readonly View[] = [
  ...measuresOfCounts.flatMap((measure) => [viewOf(measure, "all"), viewOf(measure, "country")]),
  viewOf("websites", "sector"),
  viewOf("excludedVictims", "cause"),
  viewOf("excludedOrigins", "cause"),
];

/** The situation of a period. */
export async function countSituation(
  library: Library,
  question: SituationQuestion,
): Promise<SituationCounts> {
  const [counted] = (await countViews(library, question, [question.period], basic)) as [
    CountsByView,
  ];
  const rows = await countRows(library, question);
  const sectors = counted.get(viewOf("websites", "sector").code) ?? new Map<bigint, number>();
  const names = await textsOf(library.read, [...sectors.keys()]);
  const answer: SituationCounts = {
    total: countsOf(counted, "all").get(0n) ?? noCounts(),
    byCountry: new Map([...countsOf(counted, "country")].map(([group, c]) => [Number(group), c])),
    websitesBySector: new Map([...sectors].map(([code, n]) => [names.get(code) ?? "", n])),
    excluded: excludedOf(counted, rows.excluded),
    observations: rows.counted,
  };
  if (!question.by) return answer;
  return { ...answer, groups: await countGroups(library, question, counted) };
}

async function countGroups(
  library: Library,
  question: SituationQuestion,
  counted: CountsByView,
): Promise<Map<string, Counts>> {
  const { period } = question;
  const by = question.by!;
  if (by === "month")
    return countParts(library, question, monthsOf(period), ({ from }) => monthText(from));
  if (by === "day")
    return countParts(library, question, daysOf(period), ({ from }) => dayText(from));
  if (by === "country") return nameGroups(library, by, countsOf(counted, by));
  const of = measuresOfCounts.map((measure) => viewOf(measure, by));
  const [groups] = (await countViews(library, question, [period], of)) as [CountsByView];
  return nameGroups(library, by, countsOf(groups, by));
}

async function countParts(
  library: Library,
  question: SituationQuestion,
  parts: readonly Period[],
  name: (part: Period) => string,
): Promise<Map<string, Counts>> {
  const all = measuresOfCounts.map((measure) => viewOf(measure, "all"));
  const counted = await countViews(library, question, parts, all);
  return new Map(
    parts.map((part, i) => [name(part), countsOf(counted[i]!, "all").get(0n) ?? noCounts()]),
  );
}

async function nameGroups(
  library: Library,
  grouping: Grouping,
  groups: ReadonlyMap<bigint, Counts>,
): Promise<Map<string, Counts>> {
  const isText = grouping === "family" || grouping === "sector";
  const texts = isText ? await textsOf(library.read, [...groups.keys()]) : undefined;
  const name = (group: bigint): string => {
    if (texts) return texts.get(group) ?? "";
    const value = Number(group);
    if (grouping === "country") return unpackCountry(value);
    if (grouping === "feed") return library.registry.feeds[value] ?? "";
    if (grouping === "kind") return kindOfCode(value) ?? "";
    return String(value);
  };
  return new Map([...groups].map(([group, counts]) => [name(group), counts]));
}

function countsOf(counted: CountsByView, grouping: Grouping): Map<bigint, Counts> {
  const groups = new Map<bigint, Counts>();
  for (const measure of measuresOfCounts)
    for (const [group, n] of counted.get(viewOf(measure, grouping).code) ?? []) {
      let counts = groups.get(group);
      if (!counts) groups.set(group, (counts = noCounts()));
      counts[measure as keyof Counts] = n;
    }
  return groups;
}

function noCounts(): Counts {
  return { victims: 0, origins: 0, originsWithVictims: 0, websites: 0, websiteOrigins: 0 };
}

/** Rows by cause: counted ones (of computers; of the one kind if the question names one) and excluded ones. */
async function countRows(
  library: Library,
  question: SituationQuestion,
): Promise<{ counted: number; excluded: Map<Exclusion, number> }> {
  const excluded = new Map<Exclusion, number>();
  let counted = 0;
  for (const { cause, kind, n } of await rowsByCause(library, question)) {
    if (question.kind && kind !== kindCode(question.kind)) continue;
    const name = causes[cause]!;
    const of = kindOfCode(kind);
    if (name === "counted" || (question.kind && name === "otherKind")) {
      if (question.kind || (of && countsComputers(of))) counted += Number(n);
    } else excluded.set(name, (excluded.get(name) ?? 0) + Number(n));
  }
  return { counted, excluded };
}

interface RowsByCause {
  readonly cause: number;
  readonly kind: number;
  readonly n: bigint;
}

async function rowsByCause(library: Library, question: SituationQuestion): Promise<RowsByCause[]> {
  const { from, until } = question.period;
  if (asksForOwnHome(library, question))
    return library.read.rows<RowsByCause>(
      "SELECT cause, kind, sum(rows)::BIGINT AS n FROM daily WHERE day >= $1 AND day < $2 GROUP BY cause, kind",
      [from, until],
    );
  const home = new Set(question.home.map(packCountry));
  const rows = await library.read.rows<{ facet: number; n: bigint }>(
    `SELECT facet, count(*) AS n FROM observation
     WHERE seen_at >= epoch_ms($1::BIGINT)::TIMESTAMP_MS AND seen_at < epoch_ms($2::BIGINT)::TIMESTAMP_MS GROUP BY facet`,
    [BigInt(from) * 86_400_000n, BigInt(until) * 86_400_000n],
  );
  return rows.map(({ facet, n }) => {
    const of = library.registry.facets[facet]!;
    return { cause: causes.indexOf(causeOf(of, home)), kind: of.kind, n };
  });
}

function excludedOf(
  counted: CountsByView,
  rows: ReadonlyMap<Exclusion, number>,
): Map<Exclusion, ExcludedCounts> {
  const victims = counted.get(viewOf("excludedVictims", "cause").code);
  const origins = counted.get(viewOf("excludedOrigins", "cause").code);
  const excluded = new Map<Exclusion, ExcludedCounts>();
  causes.forEach((cause, code) => {
    if (cause === "counted") return;
    excluded.set(cause, {
      observations: rows.get(cause) ?? 0,
      victims: victims?.get(BigInt(code)) ?? 0,
      origins: origins?.get(BigInt(code)) ?? 0,
    });
  });
  return excluded;
}
