import type { Command } from "commander";
import { type FeedStatus, needsCare, type StatusDay } from "../../app/feed-watch.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { mendOf, sayWhy } from "../feed-state.ts";
import { countText, shareText } from "../numbers.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";

const DAYS = "28";

interface Flags {
  readonly days: string;
  readonly json?: boolean;
}

/** `tocsin feeds status` */
export function feedsStatusCommand(host: CommandHost): Command {
  const { feeds } = host.words;
  return host
    .command("status", feeds.status)
    .argument("[feed...]", feeds.statusFeeds)
    .option("--days <count>", feeds.days, DAYS)
    .addOption(host.jsonOption())
    .action(
      host.act<Flags>(async (session, { days, json }, asked) => {
        const count = readWhole("--days", days, session.words);
        const all = await (await session.open()).feedStatus(count);
        const statuses = choose(session, all, asked);
        if (json) session.printer.json({ feeds: statuses.map(withAdvice(session)) });
        else print(session, statuses, asked.length > 0);
        return statuses.some(needsCare) ? exitCodes.breached : exitCodes.ok;
      }),
    );
}

function choose(
  { words }: Session,
  all: readonly FeedStatus[],
  asked: readonly string[],
): readonly FeedStatus[] {
  for (const name of asked)
    if (!all.some(({ feed }) => feed === name))
      throw new Fault("feed-unknown", words.feeds.unknownFeed(name));
  return asked.length === 0 ? all : all.filter(({ feed }) => asked.includes(feed));
}

function withAdvice(session: Session) {
  return (status: FeedStatus) => {
    const care = needsCare(status);
    return {
      ...status,
      says: care ? sayWhy(session, status) : null,
      mend: care ? mendOf(status) : null,
    };
  };
}

function print(session: Session, statuses: readonly FeedStatus[], withDays: boolean): void {
  const { printer, words } = session;
  const t = words.feeds;
  if (statuses.length === 0) return printer.line(t.noStatus);
  const right = true;
  printer.table(
    [
      { title: t.feed },
      { title: t.state },
      { title: t.lastDay },
      { title: t.lag, right },
      { title: t.batches, right },
      { title: t.rows, right },
      { title: t.duplicate, right },
      { title: t.refused, right },
      { title: t.change, right },
      { title: t.missing, right },
    ],
    statuses.map((status) => [
      status.feed,
      status.enabled ? t.states[status.state] : t.resting,
      status.lastDay ?? "-",
      status.lagDays === null ? "-" : t.lagDays(countText(status.lagDays)),
      countText(status.batches),
      countText(status.rows),
      shareText(status.duplicateShare),
      shareText(status.refusedShare),
      changeText(status.volume),
      countText(status.down.length + status.late.length),
    ]),
  );
  for (const status of statuses) {
    if (needsCare(status))
      printer.line(
        `  ${printer.style("yellow", "!")} ${sayWhy(session, status)}\n    \u2192 ${mendOf(status)}`,
      );
    if (status.unmapped.length > 0)
      printer.line(`  ${t.unmapped(status.feed, status.unmapped.join(", "))}`);
    if (withDays) printDays(session, status);
  }
}

function printDays({ printer, words }: Session, { feed, days }: FeedStatus): void {
  const t = words.feeds;
  const right = true;
  printer.line();
  printer.heading(feed);
  printer.table(
    [
      { title: t.day },
      { title: t.expected },
      { title: t.observations, right },
      { title: t.batches, right },
      { title: t.rows, right },
      { title: t.kept, right },
      { title: t.duplicate, right },
      { title: t.refused, right },
      { title: t.skipped, right },
    ],
    days.map((day) => [
      day.day,
      expectedText(day, t),
      ...[day.observations, day.batches, day.rows].map(countText),
      ...[day.kept, day.duplicate, day.refused, day.skipped].map(countText),
    ]),
  );
}

function expectedText({ expected }: StatusDay, t: Session["words"]["feeds"]): string {
  if (expected === null) return "-";
  return expected ? t.yes : t.no;
}

function changeText(volume: FeedStatus["volume"]): string {
  if (volume === null) return "-";
  const percent = Math.round(volume.change * 100);
  return `${percent > 0 ? "+" : ""}${percent}%`;
}
