import type { Command } from "commander";
import type { CollectEvent, CollectSummary } from "../../app/collect/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { bytesText, countText } from "../numbers.ts";
import type { Messages } from "../messages/index.ts";
import type { Session } from "../session.ts";

interface Options {
  readonly once?: boolean;
  readonly retryUnread?: boolean;
  readonly json?: boolean;
}

/** `tocsin collect` */
export function collectCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return host
    .command("collect", commands.collect)
    .argument("[feeds...]", options.collectFeeds)
    .option("--once", options.once)
    .option("--retry-unread", options.retryUnread)
    .addOption(host.jsonOption())
    .action(
      host.act<Options>(async (session, asked, feeds) => {
        const once = asked.once === true;
        const wanted = { feeds, once, retryUnread: asked.retryUnread === true };
        const bench = await session.open();
        const onEvent = (event: CollectEvent): void => tell(session, event);
        const summary = await bench.collect(wanted, onEvent, session.signal);
        if (asked.json) session.printer.json(summary);
        else printSummary(session, summary);
        return exitCodeOf(summary, once);
      }),
    );
}

function tell({ printer, words, around }: Session, event: CollectEvent): void {
  printer.remark(`${around.now().toISOString()} ${collectLine(words, event)}`);
}

/** One line for what happened. */
export function collectLine(words: Messages, event: CollectEvent): string {
  const t = words.collect;
  const line = (): string => {
    switch (event.event) {
      case "listening":
        return t.listening;
      case "taken":
        return t.taken(countText(event.deliveries), bytesText(event.bytes));
      case "ingested":
        return t.ingested(
          countText(event.deliveries),
          countText(event.rows),
          countText(event.kept),
          countText(event.refused),
        );
      case "unread":
        return t.unread(event.name, words.faultDetail(event.problem));
      case "failure":
        return t.failure(words.faultDetail(event.message), event.retryAt);
    }
  };
  return `${event.feed}: ${line()}`;
}

function printSummary({ printer, words }: Session, { feeds }: CollectSummary): void {
  const t = words.collect;
  printer.table(
    [
      { title: t.feed },
      { title: t.outcome },
      { title: t.deliveries, right: true },
      { title: t.size, right: true },
      { title: words.ingest.read, right: true },
      { title: words.ingest.kept, right: true },
      { title: words.ingest.duplicate, right: true },
      { title: words.ingest.refused, right: true },
    ],
    feeds.map((feed) => [
      feed.feed,
      t.outcomes[feed.outcome],
      countText(feed.deliveries),
      bytesText(feed.bytes),
      countText(feed.rows),
      countText(feed.kept),
      countText(feed.duplicate),
      countText(feed.refused),
    ]),
  );
  for (const { feed, problem } of feeds)
    if (problem !== undefined) printer.line(`  ${feed}: ${words.faultDetail(problem)}`);
  const unread = feeds.reduce((sum, feed) => sum + feed.unread, 0);
  if (unread > 0) printer.line(t.seeUnread(countText(unread)));
}

function exitCodeOf({ feeds, interrupted }: CollectSummary, once: boolean): number {
  // To be stopped is how one that runs on ends.
  if (interrupted) return once ? exitCodes.interrupted : exitCodes.ok;
  const bad = feeds.some(({ outcome, unread }) => outcome === "failed" || unread > 0);
  if (bad) return exitCodes.failure;
  return feeds.some(({ refused }) => refused > 0) ? exitCodes.partial : exitCodes.ok;
}
