import type { Instant } from "../time/index.ts";
import type { MessageKind } from "./alert.ts";

/** What can happen to an alert. */
export type AlertEvent =
  /**
   * The routing is done; `needs` approvals are missing, `hold` says why nothing may be sent and `task` what a person is asked for then
   * (absent: to verify the contact, or to find one). `by` is whoever drafted it by hand.
   */
  | {
      readonly type: "drafted";
      readonly needs: number;
      readonly hold: string | null;
      readonly task?: TaskKind;
      readonly by?: string;
    }
  | { readonly type: "approved"; readonly by: string }
  | { readonly type: "held"; readonly by: string; readonly reason: string }
  | { readonly type: "released"; readonly by: string; readonly needs: number }
  /** The outbox began to write to the network; from here on a crash means `unknown`. */
  | { readonly type: "sending" }
  | { readonly type: "delivered"; readonly response: string }
  /** The channel said for certain that it did not take the message, and trying again makes no sense. */
  | { readonly type: "refused"; readonly reason: string }
  /** It said for certain that it did not take the message, and may later: the message is back in the queue. */
  | { readonly type: "deferred"; readonly reason: string }
  | { readonly type: "outcome-unknown"; readonly reason: string }
  /** A person decided after `unknown`: it had arrived, or it is to be sent once more. */
  | { readonly type: "resolved"; readonly by: string; readonly arrived: boolean }
  | { readonly type: "bounced"; readonly reason: string }
  | { readonly type: "auto-replied" }
  | { readonly type: "acknowledged"; readonly by: string }
  | { readonly type: "claimed-fixed"; readonly by: string }
  | { readonly type: "disputed"; readonly by: string }
  /** New findings joined the incident. */
  | { readonly type: "findings-added" }
  /** Looking again came to an end for all its findings. */
  | { readonly type: "verified"; readonly clean: boolean }
  | { readonly type: "resend-asked"; readonly by: string }
  | { readonly type: "closed"; readonly by: string; readonly reason: string }
  | { readonly type: "timer"; readonly timer: TimerKind };

/** What a timer row is for: at most one row of a kind an alert. */
export const timerKinds = [
  /** A message is queued and its bytes are to be made; nothing steps. */
  "compose",
  "first-message",
  "digest",
  "no-bounce",
  "acknowledgement-due",
  "reminder",
  "next-rung",
  "stop",
] as const;

/** One of {@link timerKinds}. */
export type TimerKind = (typeof timerKinds)[number];

/** What is to be done after a step. */
export type AlertCommand =
  /** Compose this message and put its bytes into the outbox under `deliveryKey`: one key, one message, for ever. */
  | {
      readonly do: "queue";
      readonly message: MessageKind;
      readonly deliveryKey: string;
      /** Not to leave before; absent: it may at once. */
      readonly notBefore?: Instant;
    }
  /** Take back what of this alert is still queued in the outbox. */
  | { readonly do: "withdraw"; readonly reason: string }
  | { readonly do: "set-timer"; readonly timer: TimerKind; readonly dueAt: Instant }
  | { readonly do: "clear-timer"; readonly timer: TimerKind }
  /** Something that only a person can do. */
  | { readonly do: "ask"; readonly task: TaskKind; readonly why: string }
  | { readonly do: "open-rung"; readonly rung: number }
  | { readonly do: "start-verification" }
  | { readonly do: "note-receipt"; readonly level: "R0" | "R1" | "R2" | "R4" | "R6" };

/** What a person is asked to do. */
export const taskKinds = [
  "approve",
  "verify-contact",
  "reverify-contact",
  "find-contact",
  "decide-unknown",
  "read-answer",
  "settle-dispute",
  "telephone",
  "act-at-home",
  /** An institution says that it is over: see whether that is so. */
  "look-again",
] as const;

/** One of {@link taskKinds}. */
export type TaskKind = (typeof taskKinds)[number];
