import type { AlertTerms, Priority, TaskKind } from "../alert/index.ts";
import type { Channel, Contact, Hit, Institution, Subject } from "../institution/index.ts";
import type { Tlp } from "../marking/index.ts";
import type { Instant } from "../time/index.ts";
import type { LadderStep, RecipientGroup, RoutingRules } from "./rules.ts";

/** What routing asks of the directory. `ResponsibleIndex` of core/institution answers it. */
export interface RouteLookup {
  responsible(subject: Subject): readonly Hit[];
  institution(id: string): Institution | undefined;
  /** The one that is tried first in front. */
  contactsOf(institution: string): readonly Contact[];
}

/** That some findings or an institution are not to be alerted, until a date. */
export interface InhibitedUntil {
  readonly id: string;
  /** A CIDR, `AS64500`, a domain, `institution:ID` or `threat:c2-server/zeus`. */
  readonly what: string;
  readonly reason: string;
  readonly until: Instant;
}

/** All that routing decides by, besides the directory. */
export interface RoutingPolicy {
  readonly rules: RoutingRules;
  /** The countries that are home. */
  readonly home: readonly string[];
  /** Our own networks: we know already. */
  readonly ownNetworks: readonly string[];
  readonly inhibitions: readonly InhibitedUntil[];
}

/** Why nothing may be sent by itself, and what a person is asked for. */
export interface Hold {
  readonly reason: string;
  readonly task: TaskKind;
}

/** Somebody who is to be told. */
export interface RouteRecipient {
  readonly institution: string;
  readonly group: RecipientGroup | "upstream" | "regional";
  /** By what it was found. */
  readonly hit: Hit;
  /** Empty while nobody may be written to. */
  readonly contact: string;
  readonly channel: Channel;
  /** Other usable contacts of it, best first. */
  readonly alternates: readonly { readonly contact: string; readonly channel: Channel }[];
  /** `null`: it may be sent, after the approvals that it needs. */
  readonly hold: Hold | null;
  /** Whether what is sent there is encrypted. */
  readonly encrypted: boolean;
  readonly tlp: Tlp;
}

/** One rung of the ladder. */
export interface Rung {
  /** 1 is told first. */
  readonly rung: number;
  readonly step: "responsible" | LadderStep;
  readonly recipients: readonly RouteRecipient[];
  /** What only a person can do on this rung. */
  readonly task: { readonly kind: TaskKind; readonly why: string } | null;
}

/** That a rule was tried, and what came of it. */
export interface RuleTried {
  readonly rule: string;
  readonly matched: boolean;
  /** The first condition that did not hold; empty if all did. */
  readonly why: string;
  /** The stages that it decided. */
  readonly decides: readonly ("resolve" | "deny" | "send")[];
}

/** Why somebody who answers for the asset is not told. */
export const lossReasons = [
  "not-reached",
  "less-specific",
  "imported-beaten-by-manual",
  "not-asked-for",
  "not-resolved-by",
  "unknown-institution",
  "ourselves",
  "victim-of-another",
  "opted-out",
  "inhibited",
  "legal-hold",
  "relation-suspended",
  "relation-silent",
  "tlp-above",
  "not-encrypted",
  "no-contact",
  "placeholder",
] as const;

/** One of {@link lossReasons}. */
export type LossReason = (typeof lossReasons)[number];

/** Somebody who could have been told. */
export interface Candidate {
  readonly institution: string;
  readonly group: RouteRecipient["group"] | "none";
  readonly hit: Hit;
  /** `null`: chosen. */
  readonly lost: LossReason | null;
  /** In words, for people: until when, which contact, beaten by whom. Empty if there is nothing to add. */
  readonly detail: string;
}

/** How a route came about. */
export interface RouteTrace {
  readonly rules: readonly RuleTried[];
  readonly candidates: readonly Candidate[];
}

/** Where a finding goes. */
export interface Route {
  /** The finding's key. */
  readonly finding: string;
  readonly priority: Priority;
  /** `send`: somebody on rung 1 may be written to; `held`: all there wait for a person; `denied`: nobody may be; `nobody`: there is nobody. */
  readonly outcome: "send" | "held" | "denied" | "nobody";
  /** In a sentence; empty for `send`. */
  readonly reason: string;
  /** `name@version` of the rule whose `send` decided; empty if none did. */
  readonly rule: string;
  /** How it is sent; `null` if no rule says. */
  readonly terms: AlertTerms | null;
  /** Without gaps from 1; empty if nobody is told. */
  readonly rungs: readonly Rung[];
  /** Institutions that are passed over because they are silent or suspended: they keep the summary, which has counts only. */
  readonly summaries: readonly string[];
  readonly trace: RouteTrace;
}
