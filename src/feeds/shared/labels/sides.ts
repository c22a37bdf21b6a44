import { classOfKind, type Kind } from "../../../core/taxonomy/index.ts";

const affected: ReadonlySet<Kind> = new Set([
  "infected-system",
  "misconfiguration",
  "sabotage",
  "outage",
  "unauthorised-information-access",
  "unauthorised-information-modification",
  "data-loss",
  "data-leak",
]);

/**
 * Whether a host of which nothing but this kind is said is a victim: infected, entered, or open to the world. A host of any other kind
 * does harm and is the origin.
 */
export function isVictimKind(kind: Kind): boolean {
  const of = classOfKind(kind);
  return of === "intrusions" || of === "vulnerable" || affected.has(kind);
}

/**
 * The kind of a connection whose one end is a host of this kind: who calls a C2 server is infected, and that is what is said of the two.
 */
export function kindOfConnection(kind: Kind): Kind {
  return kind === "c2-server" ? "infected-system" : kind;
}

/** Whether the harmful end of a connection is the one that opened it: it attacks, and does not wait to be called. */
export function opensConnection(kind: Kind): boolean {
  const of = classOfKind(kind);
  return (
    of === "intrusion-attempts" ||
    (of === "information-gathering" && kind !== "social-engineering") ||
    kind === "dos" ||
    kind === "ddos" ||
    kind === "spam" ||
    kind === "web-backdoor"
  );
}
