import type { Priority } from "../alert/index.ts";
import type { Side } from "../finding/index.ts";
import type { Instant } from "../time/index.ts";

/** Why an incident was closed. A reason is mandatory; no timer may say `solved`. */
export const closeReasons = [
  "verified-clean",
  "presumed-clean",
  "lost-sight",
  "false-positive",
  "holder-changed",
  "duplicate",
  "no-response",
  "not-actionable",
] as const;

/** One of {@link closeReasons}. */
export type CloseReason = (typeof closeReasons)[number];

/** What people handle: the findings of one responsible institution, of one threat, in one window of time. */
export interface Incident {
  /** `I-20130531-000042`. */
  readonly id: string;
  /** Institution, side, priority, marking, threat and window, as text: one open incident a key. */
  readonly key: string;
  readonly institution: string;
  readonly side: Side;
  /** See `threatOf`. */
  readonly threat: string;
  readonly priority: Priority;
  readonly openedAt: Instant;
  /** Findings that come at or after this moment open another incident. */
  readonly windowUntil: Instant;
  readonly updatedAt: Instant;
  readonly findings: number;
  readonly assignee: string;
  readonly state:
    | { readonly at: "open" }
    | {
        readonly at: "closed";
        readonly on: Instant;
        readonly by: string;
        readonly reason: CloseReason;
        readonly note: string;
      };
}
