import type { Command } from "commander";
import type { Breakdown, Situation } from "../../core/measure/index.ts";
import { answer, questionOf } from "../ask.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText, shareText } from "../numbers.ts";
import { addBreakdown, addQuestionOptions, type QuestionOptions } from "../question.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";
import type { Column } from "../table.ts";

interface Options extends QuestionOptions {
  readonly by: Breakdown;
  readonly top: string;
  readonly json?: boolean;
}

const RANKED: readonly Breakdown[] = ["country", "asn", "family", "sector", "kind", "feed"];

/** `tocsin rank` */
export function rankCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  const command = addQuestionOptions(host.command("rank", commands.rank), host);
  addBreakdown(command, options.rankBy, RANKED).option("--top <count>", options.top, "10");
  command.setOptionValue("by", "country");
  return command.addOption(host.jsonOption()).action(
    host.act<Options>(async (session, asked) => {
      const top = readWhole("--top", asked.top, session.words);
      const bench = await session.open();
      const situation = await answer(session, bench, await questionOf(bench, asked));
      const ranking = rankingOf(session, situation, asked.by, top);
      if (asked.json) session.printer.json(ranking);
      else printRanking(session, ranking);
      return exitCodes.ok;
    }),
  );
}

/** Ranks by origins; the rank by victims stands beside it. */
function rankingOf(session: Session, situation: Situation, by: Breakdown, top: number) {
  const { period, home, kind, total, websites } = situation;
  const groups = situation.by?.rows ?? [];
  const rankIn = (field: "origins" | "victims", value: number) =>
    1 + groups.filter((other) => other[field] > value).length;
  const share = (part: number, whole: number) =>
    whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
  return {
    period,
    home,
    kind,
    by,
    total: { ...total, websites: websites.total },
    rows: groups.slice(0, top).map(({ key, name, origins, victims, websites: sites }) => ({
      rank: rankIn("origins", origins),
      key,
      name: by === "sector" ? session.around.report.sectorName(key, session.language) : name,
      origins,
      originShare: share(origins, total.origins),
      victims,
      victimShare: share(victims, total.victims),
      victimRank: rankIn("victims", victims),
      websites: sites,
    })),
    more: Math.max(0, groups.length - top),
    overlap: situation.overlap,
    basis: situation.basis,
  };
}

type Ranking = ReturnType<typeof rankingOf>;

function printRanking(session: Session, ranking: Ranking): void {
  const { printer, words } = session;
  const t = words.situation;
  const home = ranking.home.map((iso2) => session.countryName(iso2)).join(", ");
  const right = true;
  const columns: [Column, (row: Ranking["rows"][number]) => string][] = [
    [{ title: t.rank, right }, (row) => String(row.rank)],
    [{ title: t.breakdowns[ranking.by] ?? ranking.by }, (row) => row.name],
    [{ title: t.origins, right }, (row) => countText(row.origins)],
    [{ title: t.share, right }, (row) => shareText(row.originShare)],
  ];
  if (ranking.total.victims > 0)
    columns.push(
      [{ title: t.victims, right }, (row) => countText(row.victims)],
      [{ title: t.share, right }, (row) => shareText(row.victimShare)],
      [{ title: t.rank, right }, (row) => String(row.victimRank)],
    );
  if (ranking.rows.some(({ websites }) => websites > 0))
    columns.push([{ title: t.websites, right }, (row) => countText(row.websites)]);
  printer.heading(t.period(ranking.period.from, ranking.period.lastDay, home));
  printer.table(
    columns.map(([column]) => column),
    ranking.rows.map((row) => columns.map(([, cell]) => cell(row))),
  );
  if (ranking.more > 0) printer.line(`  ${t.more(ranking.more, "tocsin rank --top N")}`);
  if (ranking.total.victims > 0) printer.line(`  ${printer.style("dim", t.overlap)}`);
}
