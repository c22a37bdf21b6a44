import type { Side } from "../../core/finding/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";

/** What a message is about, in the reader's eyes: each theme has its own words and its own advice. */
export const themes = [
  "c2-server",
  "malware-distribution",
  "phishing",
  "intruder",
  "scanner",
  "brute-force",
  "attacker",
  "ddos-source",
  "spam-source",
  "infected-system",
  "web-backdoor",
  "defacement",
  "compromised-system",
  "compromised-account",
  "attacked",
  "ddos-target",
  "ddos-amplifier",
  "exposed-service",
  "vulnerable-system",
  "data-leak",
  "unlawful-content",
  "misuse",
  "other",
] as const;

/** One of {@link themes}. */
export type Theme = (typeof themes)[number];

/** Of an asset that does something to others, and of one that suffers it. */
const THEMES: Readonly<Record<Kind, readonly [origin: Theme, victim: Theme]>> = {
  spam: ["spam-source", "spam-source"],
  "harmful-speech": ["unlawful-content", "unlawful-content"],
  violence: ["unlawful-content", "unlawful-content"],
  "infected-system": ["c2-server", "infected-system"],
  "c2-server": ["c2-server", "infected-system"],
  "malware-distribution": ["malware-distribution", "infected-system"],
  "malware-configuration": ["c2-server", "infected-system"],
  scanner: ["scanner", "attacked"],
  sniffing: ["attacker", "attacked"],
  "social-engineering": ["phishing", "attacked"],
  "ids-alert": ["attacker", "attacked"],
  "brute-force": ["brute-force", "attacked"],
  exploit: ["attacker", "attacked"],
  "privileged-account-compromise": ["intruder", "compromised-account"],
  "unprivileged-account-compromise": ["intruder", "compromised-account"],
  "application-compromise": ["intruder", "compromised-system"],
  "system-compromise": ["intruder", "compromised-system"],
  burglary: ["other", "other"],
  dos: ["ddos-source", "ddos-target"],
  ddos: ["ddos-source", "ddos-target"],
  misconfiguration: ["exposed-service", "exposed-service"],
  sabotage: ["intruder", "compromised-system"],
  outage: ["other", "other"],
  "unauthorised-information-access": ["intruder", "data-leak"],
  "unauthorised-information-modification": ["intruder", "defacement"],
  "data-loss": ["other", "data-leak"],
  "data-leak": ["data-leak", "data-leak"],
  "unauthorised-use-of-resources": ["misuse", "misuse"],
  copyright: ["unlawful-content", "unlawful-content"],
  masquerade: ["phishing", "attacked"],
  phishing: ["phishing", "attacked"],
  "weak-crypto": ["vulnerable-system", "vulnerable-system"],
  "ddos-amplifier": ["ddos-amplifier", "ddos-amplifier"],
  "potentially-unwanted-accessible": ["exposed-service", "exposed-service"],
  "information-disclosure": ["exposed-service", "exposed-service"],
  "vulnerable-system": ["vulnerable-system", "vulnerable-system"],
  other: ["other", "other"],
  undetermined: ["other", "other"],
  test: ["other", "other"],
  "web-backdoor": ["intruder", "web-backdoor"],
};

/**
 * The theme of findings of this side and kind. An infection's origin is what controls the infected: the reader has a C2 server, not a bot.
 */
export function themeOf(side: Side, kind: Kind): Theme {
  return THEMES[kind][side === "origin" ? 0 : 1];
}
