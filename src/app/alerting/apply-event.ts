import type { AlertEvent } from "../../core/alert/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";

/**
 * Lets an event happen to an alert in a transaction: steps its life, stores alert and event, and does what the step asks for. `evidence`
 * is what a receipt of the step rests on: a server's answer, the id of a message that came in.
 */
export type ApplyEvent = (
  session: CaseSession,
  alert: string,
  event: AlertEvent,
  now: Instant,
  evidence?: string,
) => Promise<void>;
