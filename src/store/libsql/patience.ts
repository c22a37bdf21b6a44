import { isFault } from "../../core/fault.ts";

/** How long one waits for another process that writes, and how often one looks, in milliseconds. */
const PATIENCE = 10_000;
const LOOK_EVERY = 5;

/**
 * Does what another process can be in the way of, again and again until it is done: libsql itself would wait with the whole
 * thread. Throws `data-dir-in-use` when it took too long.
 */
export async function patiently<T>(work: () => T): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isFault(error, "data-dir-in-use") || performance.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
