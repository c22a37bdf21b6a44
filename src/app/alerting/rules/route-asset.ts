import { type Finding, findingKey } from "../../../core/finding/index.ts";
import { ResponsibleIndex } from "../../../core/institution/index.ts";
import { type Route, route } from "../../../core/routing/index.ts";
import type { Kind } from "../../../core/taxonomy/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseStore } from "../../case-ports.ts";
import { type RoutingPlace, routingPolicy, rulesInForce } from "./routing-place.ts";

/** An address or host of which somebody wants to know whom an alert would go to. */
export interface AssetQuestion {
  readonly address: string;
  readonly host: string;
  readonly kind: Kind;
  readonly family: string;
  readonly country: string;
  readonly asn: number;
  readonly sector: string;
}

/**
 * Whom an alert about an asset would go to by the rules in force: as a victim if it is at home, else as an origin. While none are in force,
 * by those that ship.
 */
export async function routeAsset(
  cases: CaseStore,
  asset: AssetQuestion,
  place: RoutingPlace,
  now: Instant,
): Promise<{ readonly finding: Finding; readonly route: Route; readonly inForce: boolean }> {
  const finding = supposed(asset, place.home, now);
  return cases.read(async (session) => {
    const { rules, inForce } = await rulesInForce(session, place);
    const policy = await routingPolicy(session, place, rules, now);
    const lookup = new ResponsibleIndex(await session.directory());
    return { finding, route: route(finding, policy, lookup, now), inForce };
  });
}

/** The finding that a first, public sighting would make. */
function supposed(question: AssetQuestion, home: readonly string[], now: Instant): Finding {
  const { address, host, kind, family } = question;
  const what = {
    side: home.includes(question.country) ? ("victim" as const) : ("origin" as const),
    kind,
    family,
    asset: host || address,
  };
  return {
    ...question,
    ...what,
    key: findingKey(what),
    port: 0,
    protocol: "",
    url: "",
    firstSeen: now,
    lastSeen: now,
    observations: 1,
    counterparts: 0,
    tlp: "clear",
    confidence: 100,
    feeds: [],
  };
}
