import { ResponsibleIndex } from "../../../core/institution/index.ts";
import type { RouteLookup, RoutingPolicy, RoutingRules } from "../../../core/routing/index.ts";
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
  /** The rules that ship with the program: in force until others are activated. */
  readonly shippedRules: string;
}

/** What `shippedRules` are called. */
export const SHIPPED = "shipped";

/** The rules that are in force. */
export async function rulesInForce(
  session: CaseSession,
  place: RoutingPlace,
): Promise<RoutingRules> {
  const active = await session.activeRules();
  return active === undefined
    ? place.readRules(place.shippedRules, SHIPPED)
    : place.readRules(active.text, active.version);
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

/** Keeps the index of the directory until the directory changes. */
export class DirectoryIndex {
  #version = -1;
  #index: ResponsibleIndex | undefined;

  /** The directory as this transaction sees it. */
  async of(session: CaseSession): Promise<RouteLookup> {
    const version = await session.directoryVersion();
    if (this.#index === undefined || version !== this.#version) {
      this.#index = new ResponsibleIndex(await session.directory());
      this.#version = version;
    }
    return this.#index;
  }
}
