import { ResponsibleIndex } from "../../core/institution/index.ts";
import {
  type Route,
  route,
  type RouteLookup,
  type RoutingPolicy,
  type RoutingRules,
} from "../../core/routing/index.ts";
import type { Finding } from "../../core/finding/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession } from "../case-ports.ts";

/** The rules in force and the directory, as of a transaction: what routes. */
export interface Routing {
  readonly rules: RoutingRules;
  readonly lookup: RouteLookup;
  route(finding: Finding, now: Instant): Route;
}

/** What routing is set up with, besides rules and directory. */
export interface RoutingSetUp {
  /** Reads a version of the rules as it is stored. Throws Fault `rules-invalid`. */
  readonly readRules: (text: string) => RoutingRules;
  /** The countries that are home. */
  readonly home: readonly string[];
  /** Never alerted as if they were somebody else's. */
  readonly ownNetworks: readonly string[];
}

/** Keeps rules and directory in memory, and reads anew what has changed. */
export class RoutingBook {
  readonly #parts: RoutingSetUp;
  #index: { readonly version: number; readonly lookup: RouteLookup } | undefined;
  /** Within a transaction nothing of it changes. */
  readonly #opened = new WeakMap<CaseSession, Promise<Routing | undefined>>();
  #rules: { readonly version: string; readonly rules: RoutingRules } | undefined;

  constructor(parts: RoutingSetUp) {
    this.#parts = parts;
  }

  /** The rules as they were read last; `undefined` if none were. */
  get rules(): RoutingRules | undefined {
    return this.#rules?.rules;
  }

  /** The directory as it was read last: nobody answers for anything before that. */
  get lookup(): RouteLookup {
    return this.#index?.lookup ?? NOBODY;
  }

  /** `undefined` while no rules are in force: then nobody is alerted. */
  open(session: CaseSession, now: Instant): Promise<Routing | undefined> {
    const opened = this.#opened.get(session) ?? this.#read(session, now);
    this.#opened.set(session, opened);
    return opened;
  }

  async #read(session: CaseSession, now: Instant): Promise<Routing | undefined> {
    const lookup = await this.#readDirectory(session);
    const rules = await this.#readRules(session);
    if (rules === undefined) return undefined;
    const { home, ownNetworks } = this.#parts;
    const inhibitions = await session.inhibitions(now);
    const policy: RoutingPolicy = { rules, home, ownNetworks, inhibitions };
    return { rules, lookup, route: (finding, at) => route(finding, policy, lookup, at) };
  }

  async #readRules(session: CaseSession): Promise<RoutingRules | undefined> {
    const active = await session.activeRules();
    if (active === undefined) return undefined;
    if (this.#rules?.version !== active.version)
      this.#rules = { version: active.version, rules: this.#parts.readRules(active.text) };
    return this.#rules.rules;
  }

  async #readDirectory(session: CaseSession): Promise<RouteLookup> {
    const version = await session.directoryVersion();
    if (this.#index?.version !== version)
      this.#index = { version, lookup: new ResponsibleIndex(await session.directory()) };
    return this.#index.lookup;
  }
}

const NOBODY: RouteLookup = {
  responsible: () => [],
  institution: () => undefined,
  contactsOf: () => [],
};
