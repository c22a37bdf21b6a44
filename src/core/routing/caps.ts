import type { Caps } from "./rules.ts";

/** What was queued so far. */
export interface Queued {
  /** To this recipient in the last 24 hours. */
  readonly toRecipient: number;
  /** In this run: one pass of the daemon over new findings, or one dry run. */
  readonly inRun: number;
}

/** Which cap one message more would break; `null` if none. What is above a cap is held for a person, not dropped. */
export function capReached(caps: Caps, queued: Queued): keyof Caps | null {
  if (queued.inRun >= caps.perRun) return "perRun";
  return queued.toRecipient >= caps.perRecipientPerDay ? "perRecipientPerDay" : null;
}
