import type { Instant } from "../time/index.ts";
import type { Directory } from "./directory.ts";

/** A record of a directory's file that was not taken. It costs itself only. */
export interface RefusedRecord {
  /** The line where it begins, or its number in the document, from 1. */
  readonly line: number;
  /** In a few words, for an operator. */
  readonly reason: string;
}

/** What an importer is told. */
export interface ReadingOptions {
  /** Under which name the facts are kept; see `planImport`. */
  readonly source: string;
  readonly importedAt: Instant;
  /** Only what lies in these countries is taken, as far as the file says where it lies; absent: everything. */
  readonly countries?: readonly string[];
}

/** What a directory's file says. */
export interface DirectoryReading {
  readonly directory: Directory;
  readonly refused: readonly RefusedRecord[];
}
