import type { Command } from "commander";
import type { IngestProgress, IngestSummary } from "../../app/ingest-report.ts";
import { isFeedName } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { printIngest } from "../print-ingest.ts";
import type { Progress } from "../progress.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";
import type { IngestOptions, Workbench } from "../workbench.ts";

/** More threads than this only cost memory; the configuration has the same bound. */
const MOST_JOBS = 256;

interface Options {
  readonly feed?: string;
  readonly format: string;
  readonly jobs?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `tocsin ingest` */
export function ingestCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  return host
    .command("ingest", commands.ingest)
    .argument("<paths...>", options.paths)
    .option("--feed <name>", options.feed)
    .option("--format <format>", options.format, "auto")
    .option("--jobs <count>", options.jobs)
    .option("--dry-run", options.dryRun)
    .addOption(host.jsonOption())
    .action(
      host.act<Options>(async (session, asked, paths) => {
        const wanted = ingestOptions(session, asked);
        const bench = await session.open();
        const summary = await ingestWithProgress(session, bench, paths, wanted);
        if (asked.json) session.printer.json(summary);
        else printIngest(session, summary);
        return exitCodeOf(summary);
      }),
    );
}

/** Reads feed files while a progress line tells how far it is. */
export async function ingestWithProgress(
  session: Session,
  bench: Workbench,
  paths: readonly string[],
  options: IngestOptions,
): Promise<IngestSummary> {
  const progress = session.progress(session.words.progress.reading);
  try {
    const onProgress = (now: IngestProgress) => showIngest(session, progress, now);
    return await bench.ingest(paths, options, onProgress, session.signal);
  } finally {
    progress.end();
  }
}

function showIngest({ words }: Session, progress: Progress, now: IngestProgress): void {
  progress.show({
    done: now.bytesDone,
    total: now.bytes,
    rows: now.rows,
    label: words.progress.file(Math.min(now.files, now.filesDone + 1), now.files, now.path),
  });
}

function ingestOptions({ words }: Session, { feed, format, jobs, dryRun }: Options): IngestOptions {
  return {
    ...(feed === undefined ? {} : { feed: readFeed(feed, words) }),
    ...(format === "auto" ? {} : { format }),
    ...(jobs === undefined ? {} : { jobs: Math.min(readWhole("--jobs", jobs, words), MOST_JOBS) }),
    dryRun: dryRun === true,
  };
}

function readFeed(feed: string, words: Session["words"]): string {
  if (isFeedName(feed)) return feed;
  throw new Fault("usage", words.feedName(feed));
}

function exitCodeOf(summary: IngestSummary): number {
  if (summary.interrupted) return exitCodes.interrupted;
  if (summary.files.some(({ outcome }) => outcome === "failed")) return exitCodes.failure;
  return summary.refused > 0 ? exitCodes.partial : exitCodes.ok;
}
