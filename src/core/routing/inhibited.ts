import { type Finding, threatOf } from "../finding/index.ts";
import type { Instant } from "../time/index.ts";
import { liesBelow, liesIn } from "./networks.ts";
import type { InhibitedUntil } from "./route-types.ts";

/** One list an inhibition, so that its network is read once. */
const lists = new WeakMap<InhibitedUntil, readonly string[]>();

/** The inhibition that a finding falls under at a moment, if one does. Those of institutions are not asked here. */
export function inhibitionOf(
  finding: Finding,
  inhibitions: readonly InhibitedUntil[],
  now: Instant,
): InhibitedUntil | undefined {
  return inhibitions.find((it) => it.until > now && concerns(it, finding));
}

/** The inhibition of an institution at a moment, if there is one. */
export function inhibitionOfInstitution(
  institution: string,
  inhibitions: readonly InhibitedUntil[],
  now: Instant,
): InhibitedUntil | undefined {
  return inhibitions.find(
    ({ what, until }) => until > now && what === `institution:${institution}`,
  );
}

function concerns(inhibition: InhibitedUntil, finding: Finding): boolean {
  const { what } = inhibition;
  if (what.startsWith("institution:")) return false;
  if (what.startsWith("threat:")) return what.slice("threat:".length) === threatOf(finding);
  const asn = /^AS(\d+)$/i.exec(what);
  if (asn) return finding.asn === Number(asn[1]);
  return what.includes("/") || what.includes(":") || /^[\d.]+$/.test(what)
    ? liesIn(finding.address || finding.asset, listOf(inhibition))
    : liesBelow(finding.host || finding.asset, what);
}

function listOf(inhibition: InhibitedUntil): readonly string[] {
  const known = lists.get(inhibition) ?? [inhibition.what];
  lists.set(inhibition, known);
  return known;
}
