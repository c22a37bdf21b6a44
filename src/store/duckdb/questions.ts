/** Answers the counting questions, from the cube where it has the answer and by scanning the presences where not. */
import {
  type Counts,
  causeOf,
  causes,
  dayText,
  daysOf,
  type Exclusion,
  type ExcludedCounts,
  type Group,
  type Grouping,
  groupOf,
  type Measure,
  monthsOf,
  monthText,
  type Period,
  type SituationCounts,
  type SituationQuestion,
  type View,
  viewOf,
} from "../../core/measure/index.ts";
import { packCountry } from "../../core/network/index.ts";
import { countsComputers, kindCode, kindOfCode } from "../../core/taxonomy/index.ts";
import { VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";
import { refreshViews } from "./refresh.ts";
import type { Registry } from "./registry.ts";
import { textsOf } from "./texts.ts";

/** What the questions need of the store. */
export interface Library {
  /** A session that reads. */
  readonly read: Session;
  /** A session that may write, for views that are brought up to date on demand; not while a part is being written. */
  readonly write: Session | undefined;
  readonly registry: Registry;
  /** Packed countries that the cube counts as home. */
  readonly home: ReadonlySet<number>;
}

/** Distinct counts by view code, then by group. */
type CountsByView = Map<number, Map<bigint, number>>;

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
  const counted = await countViews(library, question, question.period, basic);
  const daily = await countDaily(library, question);
  const sectors = counted.get(viewOf("websites", "sector").code) ?? new Map<bigint, number>();
  const names = await textsOf(library.read, [...sectors.keys()]);
  const answer: SituationCounts = {
    total: countsOf(counted, "all").get(0n) ?? noCounts(),
    byCountry: new Map([...countsOf(counted, "country")].map(([group, c]) => [Number(group), c])),
    websitesBySector: new Map([...sectors].map(([code, n]) => [names.get(code) ?? "", n])),
    excluded: excludedOf(counted, daily.excluded),
    observations: daily.counted,
  };
  if (!question.by) return answer;
  return { ...answer, groups: await countGroups(library, question, counted) };
}

async function countGroups(
  library: Library,
  question: SituationQuestion,
  counted: CountsByView,
): Promise<Map<string, Counts>> {
  switch (question.by!) {
    case "month":
      return countParts(library, question, monthsOf(question.period), (part) =>
        monthText(part.from),
      );
    case "day":
      return countParts(library, question, daysOf(question.period), (part) => dayText(part.from));
    case "country":
      return nameGroups(library, "country", countsOf(counted, "country"));
    default: {
      const grouping = question.by as Grouping;
      const of = measuresOfCounts.map((measure) => viewOf(measure, grouping));
      const groups = await countViews(library, question, question.period, of);
      return nameGroups(library, grouping, countsOf(groups, grouping));
    }
  }
}

async function countParts(
  library: Library,
  question: SituationQuestion,
  parts: readonly Period[],
  name: (part: Period) => string,
): Promise<Map<string, Counts>> {
  const all = measuresOfCounts.map((measure) => viewOf(measure, "all"));
  const groups = new Map<string, Counts>();
  for (const part of parts) {
    const counted = await countViews(library, question, part, all);
    groups.set(name(part), countsOf(counted, "all").get(0n) ?? noCounts());
  }
  return groups;
}

async function nameGroups(
  library: Library,
  grouping: Grouping,
  groups: ReadonlyMap<bigint, Counts>,
): Promise<Map<string, Counts>> {
  const texts =
    grouping === "family" || grouping === "sector"
      ? await textsOf(library.read, [...groups.keys()])
      : undefined;
  const name = (group: bigint): string => {
    if (texts) return texts.get(group) ?? "";
    const value = Number(group);
    if (grouping === "country")
      return value === 0 ? "" : String.fromCharCode(value >> 8, value & 255);
    if (grouping === "feed") return library.registry.feeds[value] ?? "";
    if (grouping === "kind") return kindOfCode(value) ?? "";
    return String(value);
  };
  return new Map([...groups].map(([group, counts]) => [name(group), counts]));
}

/** Distinct counts of some views in a period: by the cube if it is for this home and all kinds, else by a scan. */
async function countViews(
  library: Library,
  question: SituationQuestion,
  period: Period,
  of: readonly View[],
): Promise<CountsByView> {
  const home = new Set(question.home.map(packCountry));
  const asBuilt =
    home.size === library.home.size && [...home].every((code) => library.home.has(code));
  if (question.kind || !asBuilt) return scanViews(library, question, home, period, of);
  const late = of.filter((view) => !view.eager);
  if (late.length > 0) {
    if (!library.write) return scanViews(library, question, home, period, of);
    await refreshViews(library.write, library.registry, late);
  }
  return sumCells(library, period, of);
}

async function sumCells(
  library: Library,
  period: Period,
  of: readonly View[],
): Promise<CountsByView> {
  const rows = await library.read.rows<{ dimension: number; n: bigint }>(
    `SELECT dimension, sum(n)::BIGINT AS n FROM cell
     WHERE view IN (${of.map((view) => view.code).join(",")}) AND day >= $1 AND day < $2 AND prev < $1
     GROUP BY dimension`,
    [period.from, period.until],
  );
  const counted: CountsByView = new Map();
  for (const { dimension, n } of rows) {
    const { view, value } = library.registry.dimensions[dimension]!;
    if (n !== 0n) put(counted, view, value, Number(n));
  }
  return counted;
}

/** `count(distinct)` over the presences, for questions that the cube was not built for: another home, one kind. */
async function scanViews(
  library: Library,
  question: SituationQuestion,
  home: ReadonlySet<number>,
  period: Period,
  of: readonly View[],
): Promise<CountsByView> {
  const counted: CountsByView = new Map();
  const { read, registry } = library;
  const causeOfFacet = registry.facets.map((facet) => causeOf(facet, home));
  for (const side of ["victim", "origin", "site"] as const) {
    const sideViews = of.filter((view) => view.side === side);
    if (sideViews.length === 0) continue;
    const groups: { view: View; group: bigint }[] = [];
    const numbers = new Map<string, number>();
    const picks: [facet: number, group: number][] = [];
    registry.facets.forEach((facet, id) => {
      for (const view of sideViews) {
        const group = groupOf(view, facet, causeOfFacet[id]!, question.kind);
        if (!group) continue;
        const key = `${view.code}:${group.hi}:${group.lo}`;
        let number = numbers.get(key);
        if (number === undefined)
          numbers.set(key, (number = groups.push({ view, group: valueOf(group) }) - 1));
        picks.push([id, number]);
      }
    });
    const table = await stagePicks(read, picks);
    const rows = await read.rows<{ grp: number; n: bigint }>(
      `SELECT p.grp, count(DISTINCT s.key) AS n FROM seen_${side} s JOIN ${table} p ON p.facet = s.facet
       WHERE s.day >= $1 AND s.day < $2 GROUP BY p.grp`,
      [period.from, period.until],
    );
    await read.run(`DROP TABLE ${table}`);
    for (const { grp, n } of rows)
      put(counted, groups[grp]!.view.code, groups[grp]!.group, Number(n));
  }
  return counted;
}

let stagings = 0;

async function stagePicks(session: Session, picks: readonly [number, number][]): Promise<string> {
  const table = `pick_${++stagings}`;
  await session.run(`CREATE TEMP TABLE ${table} (facet UINTEGER, grp UINTEGER)`);
  const appender = session.appender(table);
  for (let from = 0; from < picks.length; from += VECTOR_ROWS) {
    const some = picks.slice(from, from + VECTOR_ROWS);
    some.forEach(([facet, group], i) => {
      appender.words(0)[i] = facet;
      appender.words(1)[i] = group;
    });
    appender.flush(some.length);
  }
  appender.close();
  return table;
}

function valueOf(group: Group): bigint {
  return (BigInt(group.hi) << 32n) | BigInt(group.lo);
}

function put(counted: CountsByView, view: number, group: bigint, n: number): void {
  let of = counted.get(view);
  if (!of) counted.set(view, (of = new Map()));
  of.set(group, n);
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

/** Rows by cause: counted ones (computers only) and excluded ones. */
async function countDaily(
  library: Library,
  question: SituationQuestion,
): Promise<{ counted: number; excluded: Map<Exclusion, number> }> {
  const home = new Set(question.home.map(packCountry));
  const asBuilt =
    home.size === library.home.size && [...home].every((code) => library.home.has(code));
  const rows = asBuilt
    ? await library.read.rows<{ cause: number; kind: number; n: bigint }>(
        "SELECT cause, kind, sum(rows)::BIGINT AS n FROM daily WHERE day >= $1 AND day < $2 GROUP BY cause, kind",
        [question.period.from, question.period.until],
      )
    : await scanRows(library, home, question.period);
  const excluded = new Map<Exclusion, number>();
  let counted = 0;
  for (const { cause, kind, n } of rows) {
    if (question.kind && kind !== kindCode(question.kind)) continue;
    const name = causes[cause]!;
    const of = kindOfCode(kind);
    if (name === "counted" || (question.kind && name === "otherKind")) {
      if (question.kind || (of && countsComputers(of))) counted += Number(n);
    } else excluded.set(name, (excluded.get(name) ?? 0) + Number(n));
  }
  return { counted, excluded };
}

async function scanRows(
  library: Library,
  home: ReadonlySet<number>,
  period: Period,
): Promise<{ cause: number; kind: number; n: bigint }[]> {
  const rows = await library.read.rows<{ facet: number; n: bigint }>(
    `SELECT facet, count(*) AS n FROM observation
     WHERE seen_at >= epoch_ms($1::BIGINT)::TIMESTAMP_MS AND seen_at < epoch_ms($2::BIGINT)::TIMESTAMP_MS GROUP BY facet`,
    [BigInt(period.from) * 86_400_000n, BigInt(period.until) * 86_400_000n],
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
  return new Map(
    causes.flatMap((cause, code) => {
      if (cause === "counted") return [];
      return [
        [
          cause,
          {
            observations: rows.get(cause) ?? 0,
            victims: victims?.get(BigInt(code)) ?? 0,
            origins: origins?.get(BigInt(code)) ?? 0,
          },
        ] as const,
      ];
    }),
  );
}
