import type { BatchRecord, Reading } from "../../app/ports.ts";

/** What a format notes on a report type that it reads without a mapping for it. */
export const UNMAPPED = "unmapped type";

/** Whether a report type was read without a mapping for it. */
export function isUnmapped({ notes }: Reading): boolean {
  return notes.some((note) => note.startsWith(UNMAPPED));
}

/** Whether a batch is of a file: rows that the quarantine gave back are stored without a hash. */
export function isFile({ sha256 }: Pick<BatchRecord, "sha256">): boolean {
  return sha256 !== "";
}
