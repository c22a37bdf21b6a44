import { isKind, type Kind } from "../../core/taxonomy/index.ts";
import { isVictimKind } from "../shared/labels/index.ts";
import { plainWord } from "../shared/record/index.ts";

/**
 * What IntelMQ's source is. `victim`: it is infected, was broken into, or offers what it should not. `origin`: it attacks, or a
 * list names it.
 */
export type Role = "victim" | "origin";

/** What an event of a classification type is in our words. */
export interface Classification {
  readonly kind: Kind;
  readonly source: Role;
}

/** Whether the source of an event of an RSIT value is the affected side; else it is the side that does it. */
function sourceIsVictim(kind: Kind): boolean {
  return isVictimKind(kind) || kind === "undetermined";
}

/** Types that are no RSIT value: IntelMQ's own, and those of its versions before 3. */
const others = new Map<string, Kind>([
  ["blacklist", "other"],
  ["blocklist", "other"],
  ["dga-domain", "other"],
  ["malware", "other"],
  ["proxy", "other"],
  ["tor", "other"],
  ["unknown", "undetermined"],
  ["unauthorized-use-of-resources", "unauthorised-use-of-resources"],
  ["unauthorized-information-access", "unauthorised-information-access"],
  ["unauthorized-information-modification", "unauthorised-information-modification"],
  ["unauthorized-login", "unprivileged-account-compromise"],
  ["unauthorized-command", "exploit"],
  ["botnet-drone", "infected-system"],
  ["drone", "infected-system"],
  ["ransomware", "infected-system"],
  ["c&c", "c2-server"],
  ["cc", "c2-server"],
  ["cnc", "c2-server"],
  ["c2server", "c2-server"],
  ["c&c-server", "c2-server"],
  ["dropzone", "c2-server"],
  ["backdoor", "system-compromise"],
  ["compromised", "system-compromise"],
  ["defacement", "unauthorised-information-modification"],
  ["leak", "data-leak"],
  ["account-numbers", "data-leak"],
  ["bruteforce", "brute-force"],
  ["ids", "ids-alert"],
  ["malware-url", "malware-distribution"],
  ["vulnerable-client", "vulnerable-system"],
  ["vulnerable-service", "vulnerable-system"],
  ["application-vulnerability", "vulnerable-system"],
]);

/** By taxonomy, for an event that names no type. */
const ofTaxonomy = new Map<string, Kind>([
  ["abusive-content", "spam"],
  ["malicious-code", "infected-system"],
  ["information-gathering", "scanner"],
  ["intrusion-attempts", "ids-alert"],
  ["intrusions", "system-compromise"],
  ["availability", "ddos"],
  ["fraud", "phishing"],
  ["vulnerable", "vulnerable-system"],
  ["test", "test"],
]);

const undetermined: Classification = { kind: "undetermined", source: "victim" };

/** An open proxy is misused, as an amplifier is; the other lists name who misuses. */
const proxy: Classification = { kind: "other", source: "victim" };

/** The classification of a type, or of a taxonomy where the event names no type, as IntelMQ writes them. */
export function classify(type: unknown, taxonomy: unknown): Classification {
  if (typeof type === "string" && type !== "") {
    const known = kept.get(type);
    if (known) return known;
    const found = ofType(plainWord(type));
    if (kept.size < MOST_KEPT) kept.set(type, found);
    return found;
  }
  const kind = typeof taxonomy === "string" ? ofTaxonomy.get(plainWord(taxonomy)) : undefined;
  return kind ? classification(kind) : unsaid;
}

const MOST_KEPT = 1024;
const kept = new Map<string, Classification>();

/** Without a type an address is on a list of some sort. */
const unsaid: Classification = { kind: "undetermined", source: "origin" };

function ofType(word: string): Classification {
  if (word === "proxy") return proxy;
  const kind = isKind(word) ? word : others.get(word);
  return kind ? classification(kind) : undetermined;
}

function classification(kind: Kind): Classification {
  return { kind, source: sourceIsVictim(kind) ? "victim" : "origin" };
}
