import { Fault } from "../../core/fault.ts";
import type { ReplayTruth } from "../workbench.ts";
import type { CountedTruth } from "./counted-truth.ts";

/** The truth as the demo reads it: the same form as what is counted, and more. */
export type TruthFigures = CountedTruth & ReplayTruth;

/** Takes a `truth.json` for what it is, or throws Fault `input-unreadable`. */
export function readTruth(truth: ReplayTruth): TruthFigures {
  const { home, period, rows, sites } = truth;
  const whole = [period, rows, sites].every((part) => typeof part === "object" && part !== null);
  if (typeof home !== "string" || !whole)
    throw new Fault(
      "input-unreadable",
      "truth.json of the replay is of another version: use --fresh",
    );
  return truth as TruthFigures;
}
