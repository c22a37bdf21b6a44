// Rules of routing for tests: everything that is not said is usual.
import { defaultTimers } from "../src/core/alert/index.ts";
import {
  defaultPriorities,
  type RoutingPolicy,
  type RoutingRules,
  type Send,
} from "../src/core/routing/index.ts";
import { draft } from "./alert-facts.ts";

/** How something is sent, in a test. */
export function send(given: Partial<Send> = {}): Send {
  return {
    to: ["csirt", "operator"],
    order: null,
    terms: draft().terms,
    ladder: ["alternate-contact", "upstream", "regional", "home-action"],
    ...given,
  };
}

/** Rules of a test: one that sends everything. */
export function rules(given: Partial<RoutingRules> = {}): RoutingRules {
  return {
    version: "0123456789ab",
    rules: [{ name: "everything", when: {}, send: send() }],
    countries: {},
    order: "parallel",
    csirtFirstFrom: "amber",
    caps: { perRecipientPerDay: 20, perRun: 500 },
    legalHold: { countries: [], institutions: [], reason: "" },
    priorities: defaultPriorities,
    timers: defaultTimers,
    ...given,
  };
}

/** What a test routes by, at home in Norway. */
export function policy(given: Partial<RoutingPolicy> = {}): RoutingPolicy {
  return { rules: rules(), home: ["NO"], ownNetworks: [], inhibitions: [], ...given };
}
