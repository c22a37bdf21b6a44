import { classOfKind, isKind, type Kind } from "../../core/taxonomy/index.ts";

/**
 * Whether an observation of this kind has the origin as the one that opened the connection: it attacks. Else the victim did, as a bot
 * does that calls its C2 server. Standards that say who opened a connection need it said; the readers of `feeds/` decide the other way round.
 */
export function originOpens(kind: string): boolean {
  if (!isKind(kind)) return false;
  const of = classOfKind(kind);
  return (
    of === "intrusion-attempts" ||
    of === "information-gathering" ||
    of === "availability" ||
    of === "abusive-content" ||
    kind === "web-backdoor"
  );
}

/** The classification in the Reference Security Incident Taxonomy: our own kinds stand under their parent. */
export function rsitOf(kind: string): { readonly of: string; readonly type: string } {
  const known: Kind = isKind(kind) ? kind : "undetermined";
  return { of: classOfKind(known), type: known === "web-backdoor" ? "system-compromise" : known };
}
