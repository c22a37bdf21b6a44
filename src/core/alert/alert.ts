import type { Channel } from "../institution/index.ts";
import type { Tlp } from "../marking/index.ts";
import type { Instant } from "../time/index.ts";

/** How soon somebody must be told: P1 a C2 server or a government or critical victim, P2 web shell and phishing, P3 bots, P4 exposed services. */
export const priorities = ["P1", "P2", "P3", "P4"] as const;

/** One of {@link priorities}. */
export type Priority = (typeof priorities)[number];

/** What a message is for. */
export const messageKinds = ["alert", "update", "reminder", "closure", "verification"] as const;

/** One of {@link messageKinds}. */
export type MessageKind = (typeof messageKinds)[number];

/** One thread of messages to one institution about one incident. */
export interface Alert {
  readonly id: string;
  /** `CC-YYYYMMDD-nnnnnn-c`, with a check digit: what people quote. */
  readonly ticket: string;
  readonly incident: string;
  /** 1 is the first rung of the ladder. */
  readonly rung: number;
  readonly institution: string;
  /** Empty while nobody may be written to. */
  readonly contact: string;
  readonly channel: Channel;
  readonly priority: Priority;
  /** The strictest marking of what it may say. */
  readonly tlp: Tlp;
  /** The name and version of the routing rule that made it. */
  readonly rule: string;
  /** How it is written and sent, as the rule said then. */
  readonly terms: AlertTerms;
  readonly openedAt: Instant;
  readonly state: AlertState;
  /** What the life so far has seen. */
  readonly life: AlertLife;
}

/** The part of a routing rule that an alert keeps: a later version of the rules does not change a thread under way. */
export interface AlertTerms {
  /** `auto`: the contact's, and all ours if that is unknown. */
  readonly language: string;
  readonly attachments: readonly ("csv" | "xarf" | "stix")[];
  readonly approval: "auto" | "four-eyes";
  /** Minutes between messages about new findings; 0: at once. */
  readonly digestMinutes: number;
}

/** Where a thread can rest: nothing of ours is on its way. */
export type RestingState =
  | { readonly at: "sent" }
  | { readonly at: "acknowledged" }
  | { readonly at: "claims-fixed" }
  | { readonly at: "disputed" }
  /** The end: a reason, never silence. */
  | { readonly at: "closed"; readonly reason: string };

/** Where an alert is. `rest`: where the thread rests once the message is delivered or the hold is over; `sent` if absent. */
export type AlertState =
  | RestingState
  | { readonly at: "draft" }
  /** `needs` people must say yes; `by` have. Whoever drafted it by hand is none of them. */
  | {
      readonly at: "awaiting-approval";
      readonly needs: number;
      readonly by: readonly string[];
      readonly draftedBy?: string;
    }
  /** A person holds it, or nobody may be written to. */
  | { readonly at: "held"; readonly reason: string; readonly rest?: RestingState }
  | { readonly at: "queued"; readonly message: MessageKind; readonly rest?: RestingState }
  | { readonly at: "sending"; readonly message: MessageKind; readonly rest?: RestingState }
  /** A crash or a lost connection in mid-send: nobody knows. A person decides. */
  | { readonly at: "unknown"; readonly message: MessageKind; readonly rest?: RestingState }
  | { readonly at: "bounced"; readonly reason: string };

/** All states that an alert can be in. */
export const alertStates = [
  "draft",
  "awaiting-approval",
  "held",
  "queued",
  "sending",
  "unknown",
  "sent",
  "bounced",
  "acknowledged",
  "claims-fixed",
  "disputed",
  "closed",
] as const satisfies readonly AlertState["at"][];

/** Counts and first times in an alert's life, `null` where it has not happened. */
export interface AlertLife {
  /** Messages queued so far: the number of the next delivery key. */
  readonly messages: number;
  readonly reminders: number;
  readonly firstSentAt: Instant | null;
  readonly lastSentAt: Instant | null;
  /** R2: an automatic reply came. */
  readonly autoRepliedAt: Instant | null;
  /** R4 or R5: a person or a machine of theirs answered. */
  readonly acknowledgedAt: Instant | null;
  readonly escalatedAt: Instant | null;
}

/**
 * How sure we are that a message arrived. R0 the server took it; R1 no failure for 24 h; R2 an automatic reply; R3 a link was opened (never
 * an acknowledgement: scanners fetch); R4 a person answered; R5 a machine acknowledged; R6 we verified the effect.
 */
export const receiptLevels = ["R0", "R1", "R2", "R3", "R4", "R5", "R6"] as const;

/** One of {@link receiptLevels}. */
export type ReceiptLevel = (typeof receiptLevels)[number];
