import type { Kind } from "../../../core/taxonomy/index.ts";

/** A side of an observation. */
export type Role = "victim" | "origin";

/** Kinds of which a host that a feed lists is the one that suffers, or stands open: all others it does to somebody. */
const suffered: ReadonlySet<Kind> = new Set<Kind>([
  "infected-system",
  "privileged-account-compromise",
  "unprivileged-account-compromise",
  "application-compromise",
  "system-compromise",
  "burglary",
  "web-backdoor",
  "misconfiguration",
  "sabotage",
  "outage",
  "unauthorised-information-access",
  "unauthorised-information-modification",
  "data-loss",
  "data-leak",
  "weak-crypto",
  "ddos-amplifier",
  "potentially-unwanted-accessible",
  "information-disclosure",
  "vulnerable-system",
]);

/** The side of a host that a feed lists under a kind. */
export function roleOf(kind: Kind): Role {
  return suffered.has(kind) ? "victim" : "origin";
}
