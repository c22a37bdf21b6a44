import type { RoutingPolicy, RoutingRules } from "../../../core/routing/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseSession } from "../../case-ports.ts";

/** Reads the text of rules, which is named so in what it says of mistakes. Throws Fault `rules-invalid`. */
export type ReadRules = (text: string, name: string) => RoutingRules;

/** What of the configuration decides where findings go. */
export interface RoutingPlace {
  /** The countries that are home. */
  readonly home: readonly string[];
  readonly ownNetworks: readonly string[];
  readonly readRules: ReadRules;
  /** The rules that ship with the program. They are tried and activated like any others. */
  readonly shippedRules: string;
}

/** What `shippedRules` are called. */
export const SHIPPED = "shipped";

/** The rules that are in force; while none are, and nobody is alerted, those that ship. */
export async function rulesInForce(
  session: CaseSession,
  place: Pick<RoutingPlace, "readRules" | "shippedRules">,
): Promise<{ readonly rules: RoutingRules; readonly inForce: boolean }> {
  const active = await session.activeRules();
  return active === undefined
    ? { rules: place.readRules(place.shippedRules, SHIPPED), inForce: false }
    : { rules: place.readRules(active.text, active.version), inForce: true };
}

/** All that routing decides by at a moment. */
export async function routingPolicy(
  session: CaseSession,
  { home, ownNetworks }: Pick<RoutingPlace, "home" | "ownNetworks">,
  rules: RoutingRules,
  now: Instant,
): Promise<RoutingPolicy> {
  return { rules, home, ownNetworks, inhibitions: await session.inhibitions(now) };
}
