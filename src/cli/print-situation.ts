import type { Breakdown, Exclusion, FeedBasis, Situation } from "../core/measure/index.ts";
import { dayRanges } from "./day-ranges.ts";
import type { Messages } from "./messages/index.ts";
import { countText, shareText } from "./numbers.ts";
import type { Session } from "./session.ts";
import type { Column } from "./table.ts";

const TOP = 10;

/** Prints a whole situation for people. */
export function printSituation(session: Session, situation: Situation): void {
  const { printer, words } = session;
  const home = situation.home.map((iso2) => session.countryName(iso2)).join(", ");
  printer.heading(words.situation.period(situation.period.from, situation.period.lastDay, home));
  printStatement(session, situation);
  printCountries(session, situation);
  if (situation.by) printBreakdown(session, situation.by);
  printSites(session, situation);
  printExcluded(session, situation);
  printBasis(session, situation);
}

/** Prints the sentences of the founding statement. */
export function printStatement(
  session: Session,
  situation: Situation,
  language = session.language,
): void {
  for (const sentence of session.around.report.statement(situation, language))
    session.printer.line(`  ${sentence}`);
}

/** Prints the countries that lead, with both rankings side by side; listings have no victims and one ranking. */
export function printCountries(
  { printer, words }: Session,
  { byCountry, total }: Situation,
  rankCommand = "tocsin rank",
): void {
  if (byCountry.length === 0) return;
  const t = words.situation;
  const right = true;
  const width = total.victims > 0 ? 7 : 4;
  const columns: Column[] = [
    { title: t.rank, right },
    { title: t.country },
    { title: t.origins, right },
    { title: t.share, right },
    { title: t.victims, right },
    { title: t.share, right },
    { title: t.rank, right },
  ];
  const rows = byCountry
    .slice(0, TOP)
    .map((row) => [
      String(row.originRank),
      row.name,
      countText(row.origins),
      shareText(row.originShare),
      countText(row.victims),
      shareText(row.victimShare),
      String(row.victimRank),
    ]);
  printer.line();
  printer.heading(t.countries);
  printer.table(columns.slice(0, width), rows);
  if (byCountry.length > TOP)
    printer.line(`  ${t.more(byCountry.length - TOP, `${rankCommand} --top ${byCountry.length}`)}`);
  if (total.victims > 0) printer.line(`  ${printer.style("dim", t.overlap)}`);
}

/** Prints the rows of a breakdown; columns without any number are left out. */
export function printBreakdown(
  { printer, words }: Session,
  by: { breakdown: Breakdown; rows: readonly Group[] },
): void {
  const t = words.situation;
  const numbers = (
    [
      ["origins", t.origins],
      ["victims", t.victims],
      ["websites", t.websites],
    ] as const
  ).filter(([field]) => by.rows.some((row) => row[field] > 0));
  const columns: Column[] = [
    { title: t.breakdowns[by.breakdown] ?? by.breakdown },
    ...numbers.map(([, title]) => ({ title, right: true })),
  ];
  printer.line();
  printer.table(
    columns,
    by.rows.map((row) => [row.name, ...numbers.map(([field]) => countText(row[field]))]),
  );
}

interface Group {
  readonly name: string;
  readonly origins: number;
  readonly victims: number;
  readonly websites: number;
}

/** Prints the web sites by country and sector. */
export function printSites(session: Session, { websites }: Situation): void {
  const { printer, words, around, language } = session;
  const t = words.situation;
  if (websites.total === 0) return;
  printer.line();
  printer.heading(`${t.sites}: ${countText(websites.total)}`);
  printer.table(
    [{ title: t.sector }, { title: t.websites, right: true }, { title: t.share, right: true }],
    websites.bySector.map((row) => [
      around.report.sectorName(row.sector, language),
      countText(row.websites),
      shareText(row.share),
    ]),
  );
  printer.table(
    [
      { title: t.country },
      { title: t.websites, right: true },
      { title: t.share, right: true },
      { title: t.websiteOrigins, right: true },
    ],
    websites.byCountry
      .slice(0, TOP)
      .map((row) => [
        row.name,
        countText(row.websites),
        shareText(row.share),
        countText(row.origins),
      ]),
  );
  if (websites.byCountry.length > TOP)
    printer.line(`  ${t.more(websites.byCountry.length - TOP, "tocsin situation --json")}`);
}

/** Prints what was observed and is not in the numbers, a line a cause. */
export function printExcluded({ printer, words }: Session, { excluded }: Situation): void {
  const t = words.situation;
  const rows = (Object.keys(excluded) as Exclusion[]).filter(
    (cause) => excluded[cause].observations > 0,
  );
  if (rows.length === 0) return;
  printer.line();
  printer.heading(t.excluded);
  printer.table(
    [
      { title: t.cause },
      { title: t.observations, right: true },
      { title: t.victims, right: true },
      { title: t.origins, right: true },
    ],
    rows.map((cause) => [
      t.causes[cause],
      countText(excluded[cause].observations),
      countText(excluded[cause].victims),
      countText(excluded[cause].origins),
    ]),
  );
}

function feedLines({ situation: t }: Messages, feed: FeedBasis): string[] {
  const { name, observations, firstDay, lastDay, lastStored, down, late } = feed;
  const lines =
    firstDay === null || lastDay === null
      ? []
      : [t.feed(name, countText(observations), firstDay, lastDay, lastStored ?? "-")];
  if (down.length > 0) lines.push(t.feedDown(name, countText(down.length), dayRanges(down)));
  if (late.length > 0) lines.push(t.feedLate(name, countText(late.length), dayRanges(late)));
  return lines;
}

/** Prints what the numbers rest on. */
export function printBasis({ printer, words }: Session, { basis }: Situation): void {
  const t = words.situation;
  const { locationTable } = basis;
  printer.line();
  printer.heading(t.basis);
  const lines = [
    t.exact,
    t.kinds(basis.kinds.join(", ")),
    t.table(locationTable.name, locationTable.date, locationTable.others),
    ...basis.feeds.flatMap((feed) => feedLines(words, feed)),
    basis.asOf === null ? t.nothing : t.asOf(basis.asOf),
  ];
  for (const line of lines) printer.line(`  ${line}`);
}
