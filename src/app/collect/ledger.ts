import type { DeliveryOutcome } from "../collect-ports.ts";
import type { FeedSummary } from "./collect-report.ts";

type Open = { -readonly [K in keyof FeedSummary]: FeedSummary[K] };

/** The books of one run of collecting. */
export class CollectLedger {
  readonly #feeds = new Map<string, Open>();

  /** What is known of a feed so far. */
  of(feed: string): Open {
    let summary = this.#feeds.get(feed);
    if (!summary) {
      const counts = { rows: 0, kept: 0, duplicate: 0, refused: 0, skipped: 0 };
      summary = { feed, outcome: "not-due", deliveries: 0, bytes: 0, ...counts, unread: 0 };
      this.#feeds.set(feed, summary);
    }
    return summary;
  }

  addOutcome(feed: string, outcome: DeliveryOutcome): void {
    const summary = this.of(feed);
    summary.rows += outcome.rows;
    summary.kept += outcome.kept;
    summary.duplicate += outcome.duplicate;
    summary.refused += outcome.refused;
    summary.skipped += outcome.skipped ?? 0;
    if (outcome.outcome === "failed") summary.unread++;
  }

  summaries(): FeedSummary[] {
    return [...this.#feeds.values()];
  }
}
