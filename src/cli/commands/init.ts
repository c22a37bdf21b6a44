import { resolve } from "node:path";
import type { Command } from "commander";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readHome } from "../question.ts";
import { collect } from "../read-values.ts";
import type { Session } from "../session.ts";
import { setUp, type SetUpResult } from "../set-up.ts";

interface Options {
  readonly yes?: boolean;
  readonly home?: string;
  readonly locationTable?: string[];
  readonly asnTable?: string[];
  readonly allowReserved?: string[];
  readonly sectorList?: string[];
  readonly force?: boolean;
}

/** `tocsin init` */
export function initCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return host
    .command("init", commands.init)
    .option("--yes", options.yes)
    .option("--home <countries>", options.initHome)
    .option("--location-table <file>", options.locationTable, collect)
    .option("--asn-table <file>", options.asnTable, collect)
    .option("--allow-reserved <cidr>", options.allowReserved, collect)
    .option("--sector-list <file>", options.sectorList, collect)
    .option("--force", options.force)
    .action(
      host.act<Options>(async (session, given) => {
        const { home, tables } = await answers(session, given);
        const sectorLists = (given.sectorList ?? []).map((path) => resolve(path));
        const result = await setUp(session, {
          dataDir: session.dataDir,
          config: { home, allowReserved: given.allowReserved ?? [], sectorLists },
          locationTables: tables.map((path) => resolve(path)),
          asnTables: (given.asnTable ?? []).map((path) => resolve(path)),
          force: given.force === true,
        });
        for (const path of sectorLists) session.printer.line(session.words.init.sectorList(path));
        printSetUp(session, home, result);
        return exitCodes.ok;
      }),
    );
}

async function answers(
  session: Session,
  { yes, home, locationTable }: Options,
): Promise<{ home: string[]; tables: string[] }> {
  if (yes && home !== undefined) return { home: readHome(home, []), tables: locationTable ?? [] };
  if (yes || session.around.stdin.isTTY !== true)
    throw new Fault("usage", session.words.init.needsHome);
  const { askSetUp } = await import("../ask-set-up.ts");
  const asked = await askSetUp(session, {
    home: home === undefined,
    table: locationTable === undefined,
  });
  return {
    home: readHome(home ?? asked.home, []),
    tables: locationTable ?? (asked.table ? [asked.table] : []),
  };
}

function printSetUp(session: Session, home: readonly string[], result: SetUpResult): void {
  const { printer, words } = session;
  const t = words.init;
  printer.line(t.home(home.map((iso2) => `${session.countryName(iso2)} (${iso2})`).join(", ")));
  for (const { name, date, taken, refused, samples } of result.imports) {
    printer.line(t.taken(name, date, countText(taken)));
    if (refused > 0)
      printer.line(`  ${words.location.taken(name, date, countText(taken), countText(refused))}`);
    for (const sample of samples) printer.line(`  ${sample}`);
  }
  if (result.imports.length === 0) printer.line(t.starter);
  printer.line(t.done(result.configFile));
  printer.line(t.next);
  for (const line of t.nextAlerting) printer.line(line);
}
