/**
 * What every observation store promises, as one suite: run on each of them, so that a store may be put in the place of
 * another. The store in memory is the plain reading; others are also compared with it on random deliveries.
 */
import { describe } from "vitest";
import { describeBasis } from "./basis.ts";
import { describeConcurrency } from "./concurrency.ts";
import { describeCounting } from "./counting.ts";
import { describeDelivery } from "./delivery.ts";
import { describeDurability } from "./durability.ts";
import { describeExport } from "./exporting.ts";
import { describeFacts } from "./facts.ts";
import { describeFeedRecords } from "./feed-records.ts";
import { describeFindings } from "./findings.ts";
import { describeQuarantine } from "./quarantine.ts";
import { describeReplacing } from "./replacing.ts";
import { describeRandomCounts } from "./random-counts.ts";
import { type OpenEmptyStore, openMemory } from "./stores.ts";

/** Runs the suite on a store. */
export function describeObservationStore(name: string, open: OpenEmptyStore): void {
  describe(`the ${name} store`, () => {
    describeDelivery(open);
    describeCounting(open);
    describeConcurrency(open);
    describeFacts(open);
    describeBasis(open);
    describeFeedRecords(open);
    describeFindings(open);
    describeExport(open);
    describeQuarantine(open);
    describeDurability(open);
    describeReplacing(open);
    if (open !== openMemory) describeRandomCounts(open);
  });
}
