import type { RoutingPlace } from "../../app/alerting/index.ts";
import { parseRules } from "../../config/index.ts";
import type { Workbench } from "../workbench.ts";

/** What of the configuration decides where findings go. */
export async function placeOf(bench: Workbench): Promise<RoutingPlace> {
  return {
    home: bench.config.home,
    ownNetworks: bench.config.alerting?.ownNetworks ?? [],
    readRules: parseRules,
    shippedRules: await bench.shippedRules(),
  };
}
