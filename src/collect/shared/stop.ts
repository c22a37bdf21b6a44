import type { StopSignal } from "../../app/collect-ports.ts";

/** The platform's signal for a port's. */
export function abortSignalOf(stop: StopSignal): AbortSignal {
  if (stop instanceof AbortSignal) return stop;
  const controller = new AbortController();
  if (stop.aborted) controller.abort();
  stop.addEventListener("abort", () => controller.abort(), { once: true });
  return controller.signal;
}
