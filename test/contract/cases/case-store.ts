/**
 * What every case store promises, as one suite: run on each of them, so that a store may be put in the place of another.
 * The store in memory is the plain reading.
 */
import { describe } from "vitest";
import { describeAlerts } from "./alerts.ts";
import { describeAnswers } from "./answers.ts";
import { describeAudit } from "./audit.ts";
import { describeDirectory } from "./directory.ts";
import { describeDurability } from "./durability.ts";
import { describeIncidents } from "./incidents.ts";
import { describeOutbox } from "./outbox.ts";
import { describePolicy } from "./policy.ts";
import { describeRandomLife } from "./random-life.ts";
import { type OpenEmptyCases, openInMemory } from "./stores.ts";
import { describeTransactions } from "./transactions.ts";

/** Runs the suite on a store. */
export function describeCaseStore(name: string, open: OpenEmptyCases): void {
  describe(`the ${name} case store`, () => {
    describeTransactions(open);
    describeDirectory(open);
    describeIncidents(open);
    describeAlerts(open);
    describeOutbox(open);
    describeAnswers(open);
    describePolicy(open);
    describeAudit(open);
    describeDurability(open);
    if (open !== openInMemory) describeRandomLife(open, 10);
  });
}
