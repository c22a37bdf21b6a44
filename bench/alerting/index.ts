import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../shared/bench.ts";
import { measureDrafting } from "./draft.ts";
import { measureFold } from "./fold.ts";
import { measureUrgent } from "./urgent.ts";

/** From observations to alerts: a million findings folded, ten thousand alerts drafted, and how soon an urgent one is out. */
export const alerting: Bench = async ({ seed }, dir) => {
  const own = join(dir, "alerting");
  mkdirSync(own);
  const folded = await measureFold(own);
  const drafted = await measureDrafting(own);
  const sent = await measureUrgent(own, seed);
  return folded && drafted && sent;
};
