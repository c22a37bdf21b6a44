import type { Command } from "commander";
import type { TriedFile } from "../../app/try-file.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { feedsAddCommand, feedsCatalogueCommand } from "./feeds-catalogue.ts";
import { feedsListCommand } from "./feeds-list.ts";
import { feedsStatusCommand } from "./feeds-status.ts";
import { printTried } from "../print-tried.ts";
import { readWhole } from "../read-values.ts";

const ROWS_SHOWN = "20";

/** `tocsin feeds formats|list|status|catalogue|add|try` */
export function feedsCommand(host: CommandHost): Command {
  return host
    .command("feeds", host.words.commands.feeds)
    .addCommand(formatsCommand(host))
    .addCommand(feedsListCommand(host))
    .addCommand(feedsStatusCommand(host))
    .addCommand(feedsCatalogueCommand(host))
    .addCommand(feedsAddCommand(host))
    .addCommand(tryCommand(host));
}

function formatsCommand(host: CommandHost): Command {
  const { feeds } = host.words;
  return host
    .command("formats", feeds.formats)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }) => {
        const { printer, words } = session;
        const formats = await (await session.open()).formats();
        if (json) printer.json({ formats });
        else
          printer.table(
            [{ title: words.feeds.name }, { title: words.feeds.title }],
            formats.map(({ name, title }) => [name, words.formatTitle(name, title)]),
          );
        return exitCodes.ok;
      }),
    );
}

interface TryFlags {
  readonly format: string;
  readonly limit: string;
  readonly json?: boolean;
}

function tryCommand(host: CommandHost): Command {
  const { feeds, options } = host.words;
  return host
    .command("try", feeds.try)
    .argument("<file>", feeds.file)
    .option("--format <format>", options.format, "auto")
    .option("--limit <count>", feeds.limit, ROWS_SHOWN)
    .addOption(host.jsonOption())
    .action(
      host.act<TryFlags>(async (session, { format, limit, json }, [path = ""]) => {
        const rows = readWhole("--limit", limit, session.words);
        const wanted = { limit: rows, ...(format === "auto" ? {} : { format }) };
        const bench = await session.open();
        const files = await bench.tryFiles(path, wanted, session.signal);
        if (json) session.printer.json({ files });
        else for (const file of files) printTried(session, file);
        return exitCodeOf(files);
      }),
    );
}

function exitCodeOf(files: readonly TriedFile[]): number {
  if (files.some(({ problem }) => problem !== undefined)) return exitCodes.failure;
  return files.some(({ read }) => read.refused > 0) ? exitCodes.partial : exitCodes.ok;
}
