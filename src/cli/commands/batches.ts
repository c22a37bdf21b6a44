import { resolve } from "node:path";
import type { Command } from "commander";
import type { RereadSummary } from "../../app/reread-batches.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";

const SHOWN = "20";

/** `tocsin batches list|reread` */
export function batchesCommand(host: CommandHost): Command {
  const { batches, commands, options } = host.words;
  return host
    .command("batches", commands.batches)
    .addCommand(
      host
        .command("list", batches.list)
        .option("--feed <feed>", options.feedFilter)
        .option("--limit <count>", batches.limit, SHOWN)
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
    )
    .addCommand(
      host
        .command("reread", batches.reread)
        .argument("[id...]", batches.ids)
        .option("--feed <feed>", options.feedFilter)
        .option("--from <folder>", batches.from)
        .option("--format <format>", batches.format)
        .addOption(host.jsonOption())
        .action(host.act<RereadFlags>(reread)),
    );
}

interface ListFlags {
  readonly feed?: string;
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, { feed, limit, json }: ListFlags): Promise<number> {
  const { printer, words } = session;
  const t = words.batches;
  const store = await (await session.open()).store();
  const entries = await store.journal(readWhole("--limit", limit, words), feed);
  if (json)
    printer.json({
      batches: entries.map(({ batch, reading, ...of }) => ({
        batch,
        feed: of.feed,
        path: of.path,
        sha256: of.sha256,
        part: of.part,
        last: of.last,
        format: reading.format,
        type: reading.type,
        mapping: reading.mapping,
        storedAt: of.storedAt,
        rows: of.rows,
        kept: of.kept,
        duplicate: of.duplicate,
        refused: of.refused,
        skipped: of.skipped,
        skips: of.skips,
      })),
    });
  else if (entries.length === 0) printer.line(t.none);
  else
    printer.table(
      [
        { title: t.id, right: true },
        { title: t.stored },
        { title: t.feed },
        { title: t.mapping },
        { title: t.rows, right: true },
        { title: t.kept, right: true },
        { title: t.duplicate, right: true },
        { title: t.refused, right: true },
        { title: t.skipped, right: true },
        { title: t.file },
      ],
      entries.map((of) => [
        String(of.batch),
        of.storedAt,
        of.feed,
        of.reading.mapping,
        ...[of.rows, of.kept, of.duplicate, of.refused, of.skipped].map(countText),
        of.path,
      ]),
    );
  return exitCodes.ok;
}

interface RereadFlags {
  readonly feed?: string;
  readonly from?: string;
  readonly format?: string;
  readonly json?: boolean;
}

async function reread(
  session: Session,
  { feed, from, format, json }: RereadFlags,
  asked: readonly string[],
): Promise<number> {
  const { words } = session;
  if (asked.length === 0 && feed === undefined) throw new Fault("usage", words.batches.nameSome);
  const ids = asked.map((id) => readWhole("ID", id, words));
  const bench = await session.open();
  const summary = await bench.rereadBatches(
    {
      ...(ids.length > 0 && { ids }),
      ...(feed !== undefined && { feed }),
      ...(from !== undefined && { from: resolve(from) }),
      ...(format !== undefined && { format }),
    },
    session.signal,
  );
  if (json) session.printer.json(summary);
  else print(session, summary);
  if (summary.files.some(({ problem }) => problem !== undefined)) return exitCodes.failure;
  if (session.signal.aborted) return exitCodes.interrupted;
  return summary.files.some(({ after }) => (after?.refused ?? 0) > 0)
    ? exitCodes.partial
    : exitCodes.ok;
}

function print({ printer, words }: Session, { files, mayMiss }: RereadSummary): void {
  const t = words.batches;
  const change = (before: number, after: number | undefined): string =>
    after === undefined ? countText(before) : `${countText(before)} \u2192 ${countText(after)}`;
  printer.table(
    [
      { title: t.id, right: true },
      { title: t.outcome },
      { title: t.rows, right: true },
      { title: t.kept, right: true },
      { title: t.duplicate, right: true },
      { title: t.refused, right: true },
      { title: t.skipped, right: true },
      { title: t.file },
    ],
    files.map(({ replaced, batch, before, after, path }) => [
      replaced.join(", "),
      batch === null ? t.unchanged : t.replaced(String(batch)),
      change(before.rows, after?.rows),
      change(before.kept, after?.kept),
      change(before.duplicate, after?.duplicate),
      change(before.refused, after?.refused),
      change(before.skipped, after?.skipped),
      path,
    ]),
  );
  for (const { problem } of files)
    if (problem !== undefined) printer.line(`  ${printer.style("yellow", "!")} ${problem}`);
  if (mayMiss.length > 0) printer.line(t.mayMiss(mayMiss.join(", ")));
}
