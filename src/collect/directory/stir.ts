import { type FSWatcher, watch } from "node:fs";
import type { Stir } from "../../app/collect-ports.ts";

/**
 * Tells of changes in a directory as they happen, where the system can; where it cannot, nothing is told, and the schedule finds what is
 * there.
 */
export function stirIn(path: string, recursive: boolean): Stir {
  let stirred = false;
  let tell: () => void = () => undefined;
  const watcher = watcherOf(path, recursive, () => {
    stirred = true;
    tell();
  });
  return {
    next: async () => {
      if (!stirred) await new Promise<void>((resolve) => (tell = resolve));
      stirred = false;
    },
    close: () => watcher?.close(),
  };
}

function watcherOf(path: string, recursive: boolean, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(path, { recursive, persistent: false }, onChange).on("error", () => undefined);
  } catch {
    return undefined;
  }
}
