import type { Command } from "commander";
import type { QuarantinedRow } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";

interface Filter {
  readonly reason?: string;
  readonly path?: string;
  readonly json?: boolean;
}

const FIRST_ROWS = 20;

/** `tocsin quarantine list|show|retry` */
export function quarantineCommand(host: CommandHost): Command {
  const { commands, options, quarantine } = host.words;
  const filtered = (name: string, summary: string) =>
    host
      .command(name, summary)
      .option("--reason <reason>", options.reason)
      .option("--path <path>", options.path)
      .addOption(host.jsonOption());
  return host
    .command("quarantine", commands.quarantine)
    .addCommand(filtered("list", quarantine.list).action(host.act<Filter>(list)))
    .addCommand(
      host
        .command("show", quarantine.show)
        .argument("<id>", options.id)
        .addOption(host.jsonOption())
        .action(host.act<Filter>(show)),
    )
    .addCommand(
      filtered("retry", quarantine.retry)
        .argument("[id...]", options.id)
        .action(host.act<Filter>(retry)),
    );
}

async function list(session: Session, asked: Filter): Promise<number> {
  const { printer, words } = session;
  const t = words.quarantine;
  const store = await (await session.open()).store();
  const summary = (await store.quarantine.summary()).filter(
    ({ reason, path }) => (asked.reason ?? reason) === reason && (asked.path ?? path) === path,
  );
  const rows = await store.quarantine.rows({ ...filterOf(asked), limit: FIRST_ROWS });
  const waiting = summary.reduce((sum, entry) => sum + entry.rows, 0);
  if (asked.json) {
    printer.json({
      waiting,
      summary,
      first: rows.map((row) => ({ ...forPeople(row), reading: undefined })),
    });
    return exitCodes.ok;
  }
  if (waiting === 0) {
    printer.line(t.none);
    return exitCodes.ok;
  }
  printer.heading(t.waiting(countText(waiting)));
  printer.table(
    [{ title: t.rows, right: true }, { title: t.reason }, { title: t.feed }, { title: t.file }],
    summary.map((entry) => [countText(entry.rows), entry.reason, entry.feed, entry.path]),
  );
  printer.line();
  printer.heading(t.first);
  printer.table(
    [{ title: "ID" }, { title: t.reason }, { title: t.file }],
    rows.map(({ id, reason, path, line }) => [id, reason, `${path}:${line}`]),
  );
  printer.line(t.hint);
  return exitCodes.ok;
}

async function show(
  session: Session,
  { json }: Filter,
  [id = ""]: readonly string[],
): Promise<number> {
  const store = await (await session.open()).store();
  const [row] = await store.quarantine.rows({ id });
  if (row === undefined) throw new Fault("usage", session.words.quarantine.unknown(id));
  if (json) session.printer.json(forPeople(row));
  else printRow(session, row);
  return exitCodes.ok;
}

function printRow({ printer, words }: Session, row: QuarantinedRow): void {
  const t = words.quarantine;
  printer.table(
    [{ title: "ID" }, { title: row.id }],
    [
      [t.feed, row.feed],
      [t.file, `${row.path}:${row.line}`],
      [t.reason, `${words.reasons[row.reason] ?? row.reason} (${row.reason})`],
      [t.refusedAt, row.refusedAt],
      [t.takenAt, row.takenAt ?? "-"],
      ...(row.whole ? [] : [["", t.cut]]),
      [t.row, JSON.stringify(row.raw)],
    ],
  );
}

async function retry(session: Session, asked: Filter, ids: readonly string[]): Promise<number> {
  const bench = await session.open();
  const outcome = await bench.retryQuarantine({
    ...filterOf(asked),
    ...(ids.length > 0 && { ids }),
  });
  const { tried, taken } = outcome;
  if (asked.json) session.printer.json(outcome);
  else session.printer.line(session.words.quarantine.tried(countText(tried), countText(taken)));
  return taken < tried ? exitCodes.partial : exitCodes.ok;
}

/** Without what only a retry needs. */
function forPeople(row: QuarantinedRow): Omit<QuarantinedRow, "apart" | "nth"> {
  const { apart: _apart, nth: _nth, ...shown } = row;
  return shown;
}

function filterOf({ reason, path }: Filter): { reason?: string; path?: string } {
  return { ...(reason === undefined ? {} : { reason }), ...(path === undefined ? {} : { path }) };
}
