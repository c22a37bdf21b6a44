/**
 * The kinds of observation: values of the Reference Security Incident Taxonomy (RSIT, ENISA task force,
 * machine tag version 1003), and our own sub-kinds where RSIT has none.
 */

/** An RSIT class ("predicate"). */
export type KindClass =
  | "abusive-content"
  | "malicious-code"
  | "information-gathering"
  | "intrusion-attempts"
  | "intrusions"
  | "availability"
  | "information-content-security"
  | "fraud"
  | "vulnerable"
  | "other"
  | "test";

/**
 * Every kind with its stored code. Codes are written to disk: never change or reuse one.
 * 0 is no kind.
 */
const KINDS = [
  [1, "spam", "abusive-content"],
  [2, "harmful-speech", "abusive-content"],
  [3, "violence", "abusive-content"],
  [4, "infected-system", "malicious-code"],
  [5, "c2-server", "malicious-code"],
  [6, "malware-distribution", "malicious-code"],
  [7, "malware-configuration", "malicious-code"],
  [8, "scanner", "information-gathering"],
  [9, "sniffing", "information-gathering"],
  [10, "social-engineering", "information-gathering"],
  [11, "ids-alert", "intrusion-attempts"],
  [12, "brute-force", "intrusion-attempts"],
  [13, "exploit", "intrusion-attempts"],
  [14, "privileged-account-compromise", "intrusions"],
  [15, "unprivileged-account-compromise", "intrusions"],
  [16, "application-compromise", "intrusions"],
  [17, "system-compromise", "intrusions"],
  [18, "burglary", "intrusions"],
  [19, "dos", "availability"],
  [20, "ddos", "availability"],
  [21, "misconfiguration", "availability"],
  [22, "sabotage", "availability"],
  [23, "outage", "availability"],
  [24, "unauthorised-information-access", "information-content-security"],
  [25, "unauthorised-information-modification", "information-content-security"],
  [26, "data-loss", "information-content-security"],
  [27, "data-leak", "information-content-security"],
  [28, "unauthorised-use-of-resources", "fraud"],
  [29, "copyright", "fraud"],
  [30, "masquerade", "fraud"],
  [31, "phishing", "fraud"],
  [32, "weak-crypto", "vulnerable"],
  [33, "ddos-amplifier", "vulnerable"],
  [34, "potentially-unwanted-accessible", "vulnerable"],
  [35, "information-disclosure", "vulnerable"],
  [36, "vulnerable-system", "vulnerable"],
  [37, "other", "other"],
  [38, "undetermined", "other"],
  [39, "test", "test"],
  /** A web site entered through a back door (web shell); RSIT parent `system-compromise`. */
  [64, "web-backdoor", "intrusions"],
] as const satisfies readonly (readonly [number, string, KindClass])[];

/** A kind by name, such as `infected-system`. */
export type Kind = (typeof KINDS)[number][1];

const codeByKind = new Map<string, number>(KINDS.map(([code, kind]) => [kind, code]));
const kindByCode = new Map<number, Kind>(KINDS.map(([code, kind]) => [code, kind]));
const classByKind = new Map<Kind, KindClass>(KINDS.map(([, kind, of]) => [kind, of]));

/** All kinds, in the order of RSIT, our own last. */
export const allKinds: readonly Kind[] = KINDS.map(([, kind]) => kind);

/** Whether a word is the name of a kind. */
export function isKind(word: string): word is Kind {
  return codeByKind.has(word);
}

/** The stored code of a kind. */
export function kindCode(kind: Kind): number {
  return codeByKind.get(kind)!;
}

/** The kind of a stored code; `undefined` for a code that this version does not know. */
export function kindOfCode(code: number): Kind | undefined {
  return kindByCode.get(code);
}

/** The RSIT class of a kind. */
export function classOfKind(kind: Kind): KindClass {
  return classByKind.get(kind)!;
}

/**
 * Whether the kind counts web sites (by host) and not computers (by address).
 * The founding statement counts the two apart: "5.63 million computers", "249 websites".
 */
export function countsSites(kind: Kind): boolean {
  return kind === "web-backdoor";
}

/**
 * Whether a victim of this kind is *controlled or affected*, so that it enters the headline numbers:
 * RSIT classes malicious-code and intrusions. Attempts, scans and exposed services do not.
 */
export function countsComputers(kind: Kind): boolean {
  const of = classOfKind(kind);
  return (of === "malicious-code" || of === "intrusions") && !countsSites(kind);
}
