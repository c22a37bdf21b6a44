import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";

/** `tocsin location import|show` */
export function locationCommand(host: CommandHost): Command {
  const { commands, location } = host.words;
  return host
    .command("location", commands.location)
    .addCommand(importCommand(host, location.import))
    .addCommand(showCommand(host, location.show));
}

function importCommand(host: CommandHost, summary: string): Command {
  const { options } = host.words;
  const as = new Option("--as <content>", options.as)
    .choices(["country", "asn", "auto"])
    .default("auto");
  return host
    .command("import", summary)
    .argument("<files...>", options.tables)
    .addOption(as)
    .addOption(host.jsonOption())
    .action(
      host.act<{ as: "country" | "asn" | "auto"; json?: boolean }>(
        async (session, asked, files) => {
          const { printer, words } = session;
          const bench = await session.open();
          const imports = await bench.importLocation(
            files.map((file) => resolve(file)),
            asked.as,
          );
          if (asked.json) printer.json({ imports });
          else
            for (const { name, date, taken, refused, samples } of imports) {
              printer.line(words.location.taken(name, date, countText(taken), countText(refused)));
              for (const sample of samples) printer.line(`  ${sample}`);
            }
          return imports.some(({ refused }) => refused > 0) ? exitCodes.partial : exitCodes.ok;
        },
      ),
    );
}

function showCommand(host: CommandHost, summary: string): Command {
  return host
    .command("show", summary)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }) => {
        const { printer, words } = session;
        const location = await (await session.open()).location();
        const { name, date, ageDays, ranges, starter } = location;
        if (json) printer.json(location);
        else {
          printer.line(words.location.info(name, date, countText(ageDays), countText(ranges)));
          if (starter) printer.line(words.location.starter);
        }
        return exitCodes.ok;
      }),
    );
}
