import type { Channel } from "../../../core/institution/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseStore, MessageChannel, OutboundMessage, StopSignal } from "../../case-ports.ts";
import type { ApplyEvent } from "../apply-event.ts";
import type { Caps } from "./may-leave.ts";

/** What the outbox works with. */
export interface OutboxParts {
  readonly cases: CaseStore;
  readonly channels: ReadonlyMap<Channel, MessageChannel>;
  readonly applyEvent: ApplyEvent;
  readonly caps: Caps;
  /** Messages that are under way at a time. */
  readonly connections: number;
  readonly now: () => Instant;
  /** Until there may be something to send: woken, after a moment, or because of the signal. */
  readonly pause: (signal: StopSignal) => Promise<void>;
  /** Told of every outcome, after it is stored. */
  readonly onOutcome?: (message: OutboundMessage, outcome: string) => void;
}
