/**
 * Who the address of an event is. A client opened the connection, and `sport` is its port; a server was reached at `dport`, if the
 * event names no other address.
 */
export type Role = "client-victim" | "server-victim" | "client-origin" | "server-origin";

/** What a kind is in n6. */
export interface Category {
  readonly name: string;
  readonly address: Role;
  /** Whether `name` of an event is that of a malware. */
  readonly malware?: boolean;
}

/** By kind. What has no line cannot be said in n6. */
export const categories: Readonly<Record<string, Category>> = {
  spam: { name: "spam", address: "client-origin" },
  "infected-system": { name: "bots", address: "client-victim", malware: true },
  "c2-server": { name: "cnc", address: "server-origin", malware: true },
  "malware-distribution": { name: "malurl", address: "server-origin", malware: true },
  "malware-configuration": { name: "malware-action", address: "server-origin", malware: true },
  scanner: { name: "scanning", address: "client-origin" },
  exploit: { name: "server-exploit", address: "client-origin" },
  "system-compromise": { name: "backdoor", address: "server-victim", malware: true },
  "web-backdoor": { name: "backdoor", address: "server-victim", malware: true },
  ddos: { name: "dos-attacker", address: "client-origin" },
  "unauthorised-information-modification": { name: "deface", address: "server-victim" },
  "data-leak": { name: "leak", address: "server-victim" },
  masquerade: { name: "fraud", address: "server-origin" },
  phishing: { name: "phish", address: "server-origin" },
  "ddos-amplifier": { name: "amplifier", address: "server-victim" },
  "potentially-unwanted-accessible": { name: "exposed", address: "server-victim" },
  "vulnerable-system": { name: "vulnerable", address: "server-victim" },
  other: { name: "other", address: "server-origin" },
};

/** A flood of which only the target is known. */
export const floodedTarget: Category = { name: "dos-victim", address: "server-victim" };
