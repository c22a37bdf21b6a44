/** What ingest tells: progress while it runs, a summary at the end. */
import type { RefusalReason, SkipCounts } from "../core/observation/index.ts";
import type { RowCounts } from "./ports.ts";

/** How far an ingest is. */
export interface IngestProgress {
  readonly filesDone: number;
  readonly files: number;
  /** Bytes on disk read so far and in all (0 if unknown, as for standard input). */
  readonly bytesDone: number;
  readonly bytes: number;
  readonly rows: number;
  /** The file being read. */
  readonly path: string;
}

/** Lets what is more urgent go first. */
export interface GiveWay {
  /** Whether something waits that is to go first. Asked for at each block. */
  readonly wanted: boolean;
  /** Lets it go; returns when it is through. Called while no part is open; never fails. */
  pass(): Promise<void>;
}

/** What became of one file. */
export interface FileSummary extends RowCounts {
  readonly path: string;
  readonly feed: string;
  readonly format: string;
  readonly type: string;
  /**
   * `stored`; `known`: the journal had it already, nothing was read; `resumed`: an earlier run had stored its first part;
   * `empty`; `failed`: see `problem`.
   */
  readonly outcome: "stored" | "known" | "resumed" | "empty" | "failed";
  readonly notes: readonly string[];
  /** What went wrong, for people; the rows before it are kept. */
  readonly problem?: string;
}

/** The summary of an ingest. */
export interface IngestSummary extends RowCounts {
  readonly files: FileSummary[];
  /** Refused rows by reason. */
  readonly reasons: Partial<Record<RefusalReason, number>>;
  /** Skipped elements by reason. */
  readonly skips: SkipCounts;
  /** The first refused rows of the run, at most 10. */
  readonly samples: { path: string; line: number; reason: RefusalReason; raw: string }[];
  readonly seconds: number;
  readonly dryRun: boolean;
  /** Whether the run was stopped (Ctrl-C); what was committed stays. */
  readonly interrupted: boolean;
}
