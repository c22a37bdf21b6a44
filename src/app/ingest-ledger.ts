import {
  countSkips,
  type ObservationColumns,
  rawText,
  type RefusalReason,
  type SkipCounts,
  sumSkips,
} from "../core/observation/index.ts";
import type { FileSummary, IngestProgress, IngestSummary } from "./ingest-report.ts";
import type { InputFile, RowCounts } from "./ports.ts";

/** How many refused rows the summary shows, and how much of each. */
const SAMPLES = 10;
const SAMPLE_LENGTH = 200;

/** A file's summary while it is made. */
export type OpenSummary = { -readonly [K in keyof FileSummary]: FileSummary[K] };

/** What one run of ingest has read so far: file by file, and why rows were refused. */
export class IngestLedger {
  readonly #files: OpenSummary[] = [];
  readonly #reasons: Partial<Record<RefusalReason, number>> = {};
  #skips: SkipCounts = {};
  readonly #samples: IngestSummary["samples"] = [];
  readonly #fileCount: number;
  readonly #bytes: number;
  #bytesBefore = 0;
  #rows = 0;

  constructor(files: readonly InputFile[]) {
    this.#fileCount = files.length;
    this.#bytes = files.reduce((sum, file) => sum + file.size, 0);
  }

  /** Begins the summary of a file. */
  open(path: string): OpenSummary {
    const summary: OpenSummary = {
      path,
      feed: "",
      format: "",
      type: "",
      outcome: "stored",
      rows: 0,
      kept: 0,
      duplicate: 0,
      refused: 0,
      skipped: 0,
      notes: [],
    };
    this.#files.push(summary);
    return summary;
  }

  /** Tells that a file is done. */
  close(file: InputFile): void {
    this.#bytesBefore += file.size;
  }

  /** Counts the rows of a block, and why some were refused or skipped. */
  noteBlock(path: string, { rows, refusals, skips }: ObservationColumns): void {
    this.#rows += rows + refusals.count + skips.count;
    if (skips.count > 0) this.#skips = sumSkips(this.#skips, countSkips(skips));
    // Neighbours are mostly refused for the same reason: a file may have millions of them.
    for (let from = 0, to = 0; from < refusals.count; from = to) {
      const reason = refusals.reasons[from] as RefusalReason;
      while (to < refusals.count && refusals.reasons[to] === reason) to++;
      this.#reasons[reason] = (this.#reasons[reason] ?? 0) + to - from;
    }
    for (let i = 0; i < refusals.count && this.#samples.length < SAMPLES; i++)
      this.#samples.push({
        path,
        line: refusals.lines[i]!,
        reason: refusals.reasons[i] as RefusalReason,
        raw: rawText(refusals, i).slice(0, SAMPLE_LENGTH),
      });
  }

  /** How far the run is, while it reads this file. */
  progress(file: InputFile): IngestProgress {
    return {
      filesDone: this.#files.length - 1,
      files: this.#fileCount,
      bytesDone: this.#bytesBefore + file.position,
      bytes: this.#bytes,
      rows: this.#rows,
      path: file.path,
    };
  }

  /** The sums over all files. */
  totals(): Omit<IngestSummary, "seconds" | "dryRun" | "interrupted"> {
    const sum = (of: keyof RowCounts): number => this.#files.reduce((n, file) => n + file[of], 0);
    return {
      files: this.#files,
      rows: sum("rows"),
      kept: sum("kept"),
      duplicate: sum("duplicate"),
      refused: sum("refused"),
      skipped: sum("skipped"),
      reasons: this.#reasons,
      skips: this.#skips,
      samples: this.#samples,
    };
  }
}

/** Adds what became of a file's rows to its summary. */
export function addCounts(summary: OpenSummary, counted: RowCounts): void {
  summary.rows += counted.rows;
  summary.kept += counted.kept;
  summary.duplicate += counted.duplicate;
  summary.refused += counted.refused;
  summary.skipped += counted.skipped;
}
