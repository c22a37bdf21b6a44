import { setTimeout as delay } from "node:timers/promises";
import type { StopSignal } from "../app/collect-ports.ts";
import { abortSignalOf } from "../collect/shared/stop.ts";

/** Settles after so many milliseconds, or when the signal comes: whoever sleeps looks why. */
export async function sleep(milliseconds: number, signal: StopSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal: abortSignalOf(signal) }).catch(() => undefined);
}
