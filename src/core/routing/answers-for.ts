import type { Asset } from "../alert/index.ts";
import type { RouteLookup } from "./route-types.ts";

/** Whether an institution answers for an asset itself, by domain, network, AS number or sector: what redaction asks before it shows a victim. */
export function answersFor(
  lookup: Pick<RouteLookup, "responsible">,
  institution: string,
  { address, host, asn, sector }: Asset,
): boolean {
  return lookup
    .responsible({ address, host, asn, country: "", sector })
    .some((hit) => hit.institution === institution);
}
