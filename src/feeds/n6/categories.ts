import type { Kind } from "../../core/taxonomy/index.ts";

/**
 * Who the address of an event is. A client opened the connection, and `sport` is its port; a server was reached at `dport`, if
 * the event names no other address.
 */
export type Role = "client-victim" | "server-victim" | "client-origin" | "server-origin";

/** What an event of a category is in our words. */
export interface Category {
  readonly kind: Kind;
  readonly address: Role;
  /** Whether `name` is that of a malware; for other categories it is a service, a list, a note. */
  readonly malware: boolean;
}

type Row = readonly [category: string, kind: Kind, address: Role, malware?: boolean];

/** The categories of n6. */
const table: readonly Row[] = [
  ["amplifier", "ddos-amplifier", "server-victim"],
  ["backdoor", "system-compromise", "server-victim", true],
  ["bots", "infected-system", "client-victim", true],
  ["cnc", "c2-server", "server-origin", true],
  ["deface", "unauthorised-information-modification", "server-victim"],
  ["dns-query", "other", "client-origin"],
  ["dos-attacker", "ddos", "client-origin"],
  ["dos-victim", "ddos", "server-victim"],
  ["exposed", "potentially-unwanted-accessible", "server-victim"],
  ["flow", "other", "client-origin"],
  ["flow-anomaly", "other", "client-origin"],
  ["fraud", "masquerade", "server-origin"],
  ["leak", "data-leak", "server-victim"],
  ["malurl", "malware-distribution", "server-origin", true],
  ["malware-action", "malware-configuration", "server-origin", true],
  ["other", "other", "server-origin"],
  ["phish", "phishing", "server-origin"],
  ["proxy", "other", "server-victim"],
  ["sandbox-url", "malware-distribution", "server-origin", true],
  ["scam", "masquerade", "server-origin"],
  ["scanning", "scanner", "client-origin"],
  ["server-exploit", "exploit", "client-origin"],
  ["spam", "spam", "client-origin"],
  ["spam-url", "spam", "server-origin"],
  ["tor", "other", "server-origin"],
  ["vulnerable", "vulnerable-system", "server-victim"],
  ["webinject", "malware-configuration", "server-origin", true],
];

const byName = new Map<string, Category>(
  table.map(([name, kind, address, malware]) => [
    name,
    { kind, address, malware: malware ?? false },
  ]),
);

/** A category that is newer than this table. */
const unknown: Category = { kind: "other", address: "server-origin", malware: false };

/** Whether n6 has a category of this name. */
export function isCategory(name: unknown): boolean {
  return typeof name === "string" && byName.has(name);
}

/** What an event of the category is. */
export function categoryOf(name: unknown): Category {
  return (typeof name === "string" ? byName.get(name) : undefined) ?? unknown;
}
