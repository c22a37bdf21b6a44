import { classOfKind, isKind } from "../../core/taxonomy/index.ts";

const others = new Set(["infected-system", "misconfiguration", "sabotage", "outage"]);

/**
 * Which side IntelMQ calls the source: whoever is affected, in events that tell of an infected, entered or open host; whoever does it,
 * in all others.
 */
export function sourceOf(kind: string): "victim" | "origin" {
  if (!isKind(kind) || kind === "undetermined" || others.has(kind)) return "victim";
  const of = classOfKind(kind);
  return of === "intrusions" || of === "vulnerable" || of === "information-content-security"
    ? "victim"
    : "origin";
}

/** Whose the URL is: an infected system's is the one that it called. */
export function urlSideOf(kind: string): "victim" | "origin" {
  return kind === "infected-system" ? "origin" : sourceOf(kind);
}
