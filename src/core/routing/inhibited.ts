import { type Finding, threatOf } from "../finding/index.ts";
import type { Instant } from "../time/index.ts";
import { liesBelow, liesIn } from "./networks.ts";
import type { InhibitedUntil } from "./route-types.ts";

const networks = new Map<string, readonly string[]>();

/** The inhibition that a finding falls under at a moment, if one does. Those of institutions are not asked here. */
export function inhibitionOf(
  finding: Finding,
  inhibitions: readonly InhibitedUntil[],
  now: Instant,
): InhibitedUntil | undefined {
  return inhibitions.find(({ what, until }) => until > now && concerns(what, finding));
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

function concerns(what: string, finding: Finding): boolean {
  if (what.startsWith("institution:")) return false;
  if (what.startsWith("threat:")) return what.slice("threat:".length) === threatOf(finding);
  const asn = /^AS(\d+)$/i.exec(what);
  if (asn) return finding.asn === Number(asn[1]);
  return what.includes("/") || what.includes(":") || /^[\d.]+$/.test(what)
    ? liesIn(finding.address || finding.asset, listOf(what))
    : liesBelow(finding.host || finding.asset, what);
}

/** One list a network, so that it is read once. */
function listOf(network: string): readonly string[] {
  const known = networks.get(network) ?? [network];
  networks.set(network, known);
  return known;
}
