import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { feedsListCommand } from "./feeds-list.ts";

/** `tocsin feeds formats` and `tocsin feeds list` */
export function feedsCommand(host: CommandHost): Command {
  const { commands, feeds } = host.words;
  return host
    .command("feeds", commands.feeds)
    .addCommand(feedsListCommand(host))
    .addCommand(
      host
        .command("formats", feeds.formats)
        .addOption(host.jsonOption())
        .action(
          host.act<{ json?: boolean }>(async (session, { json }) => {
            const { printer, words } = session;
            const formats = (await session.open())
              .formats()
              .map(({ name, title }) => ({ name, title }));
            if (json) printer.json({ formats });
            else
              printer.table(
                [{ title: words.feeds.name }, { title: words.feeds.title }],
                formats.map(({ name, title }) => [name, title]),
              );
            return exitCodes.ok;
          }),
        ),
    );
}
