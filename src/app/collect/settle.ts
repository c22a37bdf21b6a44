import type { FileSummary, IngestSummary } from "../ingest-report.ts";
import type { DeliveryOutcome, JournaledDelivery } from "../collect-ports.ts";

/** What an ingest says of one delivery. */
export interface Settled {
  readonly delivery: JournaledDelivery;
  readonly outcome: DeliveryOutcome;
  /** Whether ingest is done with it; if not, it goes on later where it stopped. */
  readonly done: boolean;
}

/**
 * What became of the deliveries that an ingest was given, in their order. An ingest that was stopped has done those before the
 * last that it touched, and those that cannot be read.
 */
export function settle(
  deliveries: readonly JournaledDelivery[],
  summary: IngestSummary,
): Settled[] {
  const files = deliveries.map(({ path }) =>
    summary.files.filter((file) => file.path === path || file.path.startsWith(`${path}!`)),
  );
  const last = files.findLastIndex((of) => of.some(({ outcome }) => outcome !== "failed"));
  return deliveries.map((delivery, at) => {
    const outcome = outcomeOf(files[at]!);
    const reached = outcome.outcome === "failed" || (files[at]!.length > 0 && at < last);
    return { delivery, outcome, done: summary.interrupted ? reached : true };
  });
}

function outcomeOf(files: readonly FileSummary[]): DeliveryOutcome {
  const sum = (of: "rows" | "kept" | "duplicate" | "refused" | "skipped"): number =>
    files.reduce((total, file) => total + file[of], 0);
  const problem = files.find((file) => file.problem !== undefined)?.problem;
  return {
    outcome: problem === undefined ? soundOutcome(files) : "failed",
    rows: sum("rows"),
    kept: sum("kept"),
    duplicate: sum("duplicate"),
    refused: sum("refused"),
    skipped: sum("skipped"),
    ...(problem === undefined ? {} : { problem }),
  };
}

function soundOutcome(files: readonly FileSummary[]): "stored" | "known" | "empty" {
  if (files.every(({ outcome }) => outcome === "empty")) return "empty";
  return files.every(({ outcome }) => outcome === "known") ? "known" : "stored";
}
