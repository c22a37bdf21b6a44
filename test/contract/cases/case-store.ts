/**
 * What every case store promises, as one suite: run on each of them, so that a store may be put in the place of another.
 * The store in memory is the plain reading.
 */
import { describe } from "vitest";
import { describeDirectory } from "./directory.ts";
import { describeIncidents } from "./incidents.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { describeTransactions } from "./transactions.ts";

/** Runs the suite on a store. */
export function describeCaseStore(name: string, open: OpenEmptyCases): void {
  describe(`the ${name} case store`, () => {
    describeTransactions(open);
    describeDirectory(open);
    describeIncidents(open);
  });
}
