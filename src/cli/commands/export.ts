import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import type { ObservationFilter } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { type Tlp, tlpLevels } from "../../core/marking/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { type QuestionOptions, readKind, readPeriod } from "../question.ts";
import { readAddress } from "../read-values.ts";
import type { Session } from "../session.ts";
import { exists } from "../set-up.ts";
import type { Workbench } from "../workbench.ts";

interface Options extends Omit<QuestionOptions, "home" | "by"> {
  readonly feed?: string;
  readonly victim?: string;
  readonly origin?: string;
  readonly maxTlp: Tlp;
  readonly format: "csv" | "jsonl" | "parquet";
  readonly out: string;
  readonly force?: boolean;
}

/** `tocsin export observations` */
export function exportCommand(host: CommandHost): Command {
  const { commands, options, export: t } = host.words;
  const maxTlp = new Option("--max-tlp <label>", options.maxTlp)
    .choices([...tlpLevels])
    .default("green");
  const format = new Option("--format <format>", options.exportFormat)
    .choices(["csv", "jsonl", "parquet"])
    .makeOptionMandatory();
  return host
    .command("export", commands.export)
    .addCommand(
      host
        .command("observations", t.observations)
        .option("--from <day>", options.from)
        .option("--to <day>", options.to)
        .option("--feed <name>", options.feedFilter)
        .option("--kind <kind>", options.kind)
        .option("--victim <address>", options.victim)
        .option("--origin <address>", options.origin)
        .addOption(maxTlp)
        .addOption(format)
        .option("--out <file>", options.out, "-")
        .option("--force", options.force)
        .action(host.act<Options>(exportObservations)),
    );
}

async function exportObservations(session: Session, asked: Options): Promise<number> {
  const { printer, words } = session;
  const t = words.export;
  const toFile = asked.out !== "-";
  if (!toFile && asked.format === "parquet") throw new Fault("usage", t.parquetNeedsFile);
  if (toFile && !asked.force && (await exists(asked.out)))
    throw new Fault("output-unwritable", t.there(asked.out));
  const bench = await session.open();
  const filter = await filterOf(session, bench, asked);
  const store = await bench.store();
  const write = (path: string) => store.exportTo(path, asked.format, filter);
  const { written, withheld } = toFile
    ? await write(resolve(asked.out))
    : await throughFile(session, bench, asked.format, write);
  if (toFile) printer.remark(t.done(countText(written), asked.out));
  printer.remark(t.withheld(countText(withheld), asked.maxTlp));
  return exitCodes.ok;
}

/** The store writes files; standard output gets a copy. */
async function throughFile<T>(
  { around }: Session,
  { dataDir }: Workbench,
  format: string,
  write: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(dataDir, "export-"));
  try {
    const path = join(folder, `observations.${format}`);
    const outcome = await write(path);
    await pipeline(createReadStream(path), around.stdout, { end: false });
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function filterOf(
  session: Session,
  bench: Workbench,
  asked: Options,
): Promise<ObservationFilter> {
  const { words } = session;
  const kind = readKind(asked.kind);
  const limited = asked.from !== undefined || asked.to !== undefined;
  return {
    ...(limited ? { period: readPeriod(asked, await (await bench.store()).span()) } : {}),
    ...(asked.feed === undefined ? {} : { feed: asked.feed }),
    ...(kind === undefined ? {} : { kind }),
    ...(asked.victim === undefined ? {} : { victim: readAddress(asked.victim, words) }),
    ...(asked.origin === undefined ? {} : { origin: readAddress(asked.origin, words) }),
    maxTlp: asked.maxTlp,
  };
}
