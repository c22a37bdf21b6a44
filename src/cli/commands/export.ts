import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { exportObservations, type ExportSummary } from "../../app/export-observations.ts";
import type { ObservationFilter } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { type Tlp, tlpLevels } from "../../core/marking/index.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { openFile, openStandardOutput } from "../output-file.ts";
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
  readonly format: (typeof formats)[number];
  readonly out: string;
  readonly force?: boolean;
}

/** Parquet is written by the store itself; the others are standards of the workbench. */
const formats = ["csv", "jsonl", "parquet", "intelmq", "n6", "stix", "misp"] as const;

/** `tocsin export observations` */
export function exportCommand(host: CommandHost): Command {
  const { commands, options, export: t } = host.words;
  const maxTlp = new Option("--max-tlp <label>", options.maxTlp)
    .choices([...tlpLevels])
    .default("green");
  const format = new Option("--format <format>", options.exportFormat)
    .choices([...formats])
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
        .action(host.act<Options>(exportAll)),
    );
}

async function exportAll(session: Session, asked: Options): Promise<number> {
  const { printer, words } = session;
  const t = words.export;
  const toFile = asked.out !== "-";
  if (!toFile && asked.format === "parquet") throw new Fault("usage", t.parquetNeedsFile);
  if (toFile && !asked.force && (await exists(asked.out)))
    throw new Fault("output-unwritable", t.there(asked.out));
  const bench = await session.open();
  const filter = await filterOf(session, bench, asked);
  const { written, withheld, unsaid } =
    asked.format === "parquet"
      ? { ...(await (await bench.store()).writeParquet(resolve(asked.out), filter)), unsaid: 0 }
      : await writeText(session, bench, asked, filter);
  if (toFile) printer.remark(t.done(countText(written), asked.out));
  printer.remark(t.withheld(countText(withheld), asked.maxTlp));
  if (unsaid > 0) printer.remark(t.unsaid(countText(unsaid), asked.format));
  return exitCodes.ok;
}

async function writeText(
  { around }: Session,
  bench: Workbench,
  { out, format }: Options,
  filter: ObservationFilter,
): Promise<ExportSummary> {
  const tools = { store: await bench.store(), format: await bench.exchange(format) };
  const output = out === "-" ? openStandardOutput(around.stdout) : await openFile(resolve(out));
  const summary = await exportObservations(
    { ...tools, write: (text) => output.write(text) },
    filter,
  );
  await output.end();
  return summary;
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
