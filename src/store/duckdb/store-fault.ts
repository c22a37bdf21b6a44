import { Fault } from "../../core/fault.ts";

const OUT_OF_SPACE =
  /No space left on device|Disk quota exceeded|File too large|Could not write all bytes|failed to write|disk full|failed to offload data block|max_temp_directory_size/i;

/** Turns what DuckDB throws into a Fault where somebody can act on it; a wrong statement stays a bug. */
export function storeFault(cause: unknown): unknown {
  const message = messageOf(cause);
  if (OUT_OF_SPACE.test(message))
    return new Fault("no-space-left", "the disk is full; the rows stored before are safe", {
      cause,
    });
  return cause;
}

/** What an error says. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
