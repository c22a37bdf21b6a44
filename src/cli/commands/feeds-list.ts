import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { bytesText, countText } from "../numbers.ts";
import type { Session } from "../session.ts";
import type { FeedListing } from "../workbench.ts";

/** `tocsin feeds list` */
export function feedsListCommand(host: CommandHost): Command {
  return host
    .command("list", host.words.feeds.list)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }) => {
        const feeds = await (await session.open()).feeds();
        if (json) session.printer.json({ feeds });
        else print(session, feeds);
        return exitCodes.ok;
      }),
    );
}

function print({ printer, words }: Session, feeds: readonly FeedListing[]): void {
  const t = words.feeds;
  if (feeds.length === 0) return printer.line(t.none);
  printer.table(
    [
      { title: t.feed },
      { title: t.way },
      { title: t.priority },
      { title: t.due },
      { title: t.lastTaken },
      { title: t.deliveries, right: true },
      { title: t.size, right: true },
      { title: t.waiting, right: true },
      { title: t.unread, right: true },
    ],
    feeds.map((feed) => [
      feed.feed,
      feed.way,
      feed.priority,
      feed.enabled ? (feed.dueAt ?? t.listens) : t.disabled,
      feed.lastTakenAt ?? t.never,
      countText(feed.deliveries),
      bytesText(feed.bytes),
      countText(feed.waiting),
      countText(feed.unread),
    ]),
  );
  for (const { feed, failing } of feeds)
    if (failing)
      printer.line(
        `  ${t.failing(feed, countText(failing.failures), words.faultDetail(failing.message))}`,
      );
}
