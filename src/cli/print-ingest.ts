import type { FileSummary, IngestSummary } from "../app/ingest-report.ts";
import type { SkipCounts } from "../core/observation/index.ts";
import { countText } from "./numbers.ts";
import type { Session } from "./session.ts";

const SHOWN = 10;
const RAW_SHOWN = 100;

/** Prints what became of the files and rows of an ingest. */
export function printIngest(session: Session, summary: IngestSummary): void {
  const { printer, words } = session;
  const t = words.ingest;
  if (summary.interrupted && summary.files.length === 0) return printer.line(t.interruptedEarly);
  printer.line(`${t.files(countText(summary.files.length))}: ${outcomes(session, summary.files)}`);
  printer.table(
    [{ title: t.read }, { title: countText(summary.rows), right: true }],
    [
      [`  ${t.kept}`, countText(summary.kept)],
      [`  ${t.duplicate}`, countText(summary.duplicate)],
      [`  ${t.refused}`, countText(summary.refused)],
      ...(summary.skipped > 0 ? [[`  ${t.skipped}`, countText(summary.skipped)]] : []),
    ],
  );
  if (summary.seconds > 0) printer.line(`  ${timeText(session, summary)}`);
  printSkips(session, summary.skips);
  printRefusals(session, summary);
  printRemarks(session, summary.files);
  if (summary.dryRun) printer.line(t.dryRun);
  if (summary.interrupted) printer.line(t.interrupted);
}

/** Rows and seconds, in one line. */
export function timeText({ words }: Session, { rows, seconds }: IngestSummary): string {
  return words.ingest.time(
    seconds.toFixed(1),
    countText(Math.round(rows / Math.max(seconds, 0.001))),
  );
}

function outcomes({ words }: Session, files: readonly FileSummary[]): string {
  const counts = new Map<FileSummary["outcome"], number>();
  for (const { outcome } of files) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts]
    .map(([outcome, count]) => `${countText(count)} ${words.ingest.outcomes[outcome]}`)
    .join(", ");
}

/** Prints why elements were skipped. */
export function printSkips({ printer, words }: Session, skips: SkipCounts): void {
  const counted = Object.entries(skips).filter(([, rows]) => rows > 0);
  if (counted.length === 0) return;
  printer.line();
  printer.heading(words.ingest.skips);
  for (const [reason, rows] of counted.sort((a, b) => b[1] - a[1]))
    printer.line(`  ${countText(rows)}  ${words.skips[reason] ?? reason} (${reason})`);
}

function printRefusals(
  { printer, words }: Session,
  { reasons, samples, dryRun }: IngestSummary,
): void {
  const t = words.ingest;
  const counted = Object.entries(reasons).filter(([, rows]) => rows > 0);
  if (counted.length === 0) return;
  printer.line();
  printer.heading(t.reasons);
  for (const [reason, rows] of counted.sort((a, b) => b[1] - a[1]))
    printer.line(`  ${countText(rows)}  ${words.reasons[reason] ?? reason} (${reason})`);
  printer.line(`  ${t.samples}:`);
  for (const { path, line, reason, raw } of samples)
    printer.line(`  ${path}:${line}: ${words.reasons[reason] ?? reason}: ${shown(raw)}`);
  if (!dryRun) printer.line(`  ${t.see}`);
}

/** One line without control characters, so that a feed cannot write on the terminal. */
function shown(raw: string): string {
  // oxlint-disable-next-line no-control-regex
  const clean = raw.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\u00b7");
  return clean.length > RAW_SHOWN ? `${clean.slice(0, RAW_SHOWN)}\u2026` : clean;
}

function printRemarks({ printer, words }: Session, files: readonly FileSummary[]): void {
  const t = words.ingest;
  const failed = files.filter(({ problem }) => problem !== undefined);
  if (failed.length > 0) printer.heading(`${t.problems}:`);
  for (const { path, problem } of failed.slice(0, SHOWN))
    printer.line(`  ${path}: ${words.faultDetail(problem ?? "")}`);
  if (failed.length > SHOWN)
    printer.line(`  ${words.situation.more(failed.length - SHOWN, "--json")}`);
  const notes = new Set(
    files.flatMap((file) => file.notes.map((note) => `${file.type || file.path}: ${note}`)),
  );
  if (notes.size === 0) return;
  printer.heading(`${t.notes}:`);
  for (const note of [...notes].slice(0, SHOWN)) printer.line(`  ${note}`);
}
