import type { AlertTerms, AlertTimers, Priority } from "../alert/index.ts";
import type { Side } from "../finding/index.ts";
import type { Tlp } from "../marking/index.ts";
import type { Kind } from "../taxonomy/index.ts";

/** What a rule is for. What is absent matches anything; of a list one entry must fit. */
export interface When {
  readonly side?: Side;
  readonly kinds?: readonly Kind[];
  readonly priorities?: readonly Priority[];
  readonly families?: readonly string[];
  /** 0 to 100; a finding without a confidence has none, and does not match. */
  readonly minConfidence?: number;
  readonly sectors?: readonly string[];
  /** ISO 3166-1 alpha-2, of the asset. */
  readonly countries?: readonly string[];
  readonly networks?: readonly string[];
  readonly asns?: readonly number[];
  /** Each stands for everything below it. */
  readonly domains?: readonly string[];
  /** Names, or beginnings that end with `*`: `shadowserver.*`. */
  readonly feeds?: readonly string[];
  /** A finding marked above it does not match. */
  readonly maxTlp?: Tlp;
}

/** Where to look for whoever answers for an asset: by which fact, entered by hand or imported. */
export const resolveSteps = [
  "manual-domain",
  "manual-cidr",
  "manual-asn",
  "domain",
  "cidr",
  "asn",
] as const;

/** One of {@link resolveSteps}. The bare words mean imported facts. */
export type ResolveStep = (typeof resolveSteps)[number];

/** Who may be told first. */
export const recipientGroups = ["csirt", "operator"] as const;

/** One of {@link recipientGroups}. `csirt`: of the country or sector; `operator`: whoever runs the network or domain. */
export type RecipientGroup = (typeof recipientGroups)[number];

/** In which order CSIRT and operator are told. */
export const orders = ["parallel", "csirt-first", "operator-first"] as const;

/** One of {@link orders}. */
export type Order = (typeof orders)[number];

/** The steps of the ladder after those who answer for the asset. */
export const ladderSteps = ["alternate-contact", "upstream", "regional", "home-action"] as const;

/** One of {@link ladderSteps}. */
export type LadderStep = (typeof ladderSteps)[number];

/** How something is sent. */
export interface Send {
  readonly to: readonly RecipientGroup[];
  /** `null`: as the country's policy says. */
  readonly order: Order | null;
  readonly terms: AlertTerms;
  /** What comes after, in this order. */
  readonly ladder: readonly LadderStep[];
}

/** One rule. Of each stage, the first rule that matches and has it decides; a rule may have any of them. */
export interface RoutingRule {
  readonly name: string;
  readonly when: When;
  /** Where to look, best first. */
  readonly resolve?: readonly ResolveStep[];
  /** Nothing is sent, for this reason; `false`: no later rule denies. */
  readonly deny?: string | false;
  readonly send?: Send;
}

/** How many messages may leave; what is above waits for a person. */
export interface Caps {
  readonly perRecipientPerDay: number;
  readonly perRun: number;
}

/** Nothing is sent to these, by law or by order, until a person lifts it. */
export interface LegalHold {
  readonly countries: readonly string[];
  readonly institutions: readonly string[];
  readonly reason: string;
}

/** The rules as they are in force, whole. */
export interface RoutingRules {
  /** SHA-256 of the text that they were written as, hex, first 12. */
  readonly version: string;
  readonly rules: readonly RoutingRule[];
  /** Orders by country; whoever is not listed has `order`. */
  readonly countries: Readonly<Record<string, Order>>;
  readonly order: Order;
  /** From this marking on the CSIRT is told first, whatever the country's order. */
  readonly csirtFirstFrom: Tlp;
  readonly caps: Caps;
  readonly legalHold: LegalHold;
  readonly priorities: PriorityPolicy;
  readonly timers: Readonly<Record<Priority, AlertTimers>>;
}

/** How urgent a kind is, and whose victims are urgent. */
export interface PriorityPolicy {
  readonly byKind: Readonly<Record<Kind, Priority>>;
  /** Sectors whose victims are P1. */
  readonly criticalSectors: readonly string[];
}
