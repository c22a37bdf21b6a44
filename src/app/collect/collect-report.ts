/** What collecting tells: events while it runs, a summary at the end. */

/** Something that happened to a feed. */
export type CollectEvent =
  | {
      readonly event: "taken";
      readonly feed: string;
      readonly deliveries: number;
      readonly bytes: number;
    }
  | {
      readonly event: "ingested";
      readonly feed: string;
      readonly deliveries: number;
      readonly rows: number;
      readonly kept: number;
      readonly refused: number;
    }
  | {
      readonly event: "unread";
      readonly feed: string;
      readonly name: string;
      readonly problem: string;
    }
  | {
      readonly event: "failure";
      readonly feed: string;
      readonly code: string;
      readonly message: string;
      readonly retryAt: string;
    }
  | { readonly event: "listening"; readonly feed: string };

/** What became of a feed. */
export interface FeedSummary {
  readonly feed: string;
  /**
   * `collected`: its last run went well; `failed`: see `problem`; `not-due`: its time had not come; `listens`: it takes what is
   * sent to it, which a single run does not wait for.
   */
  readonly outcome: "collected" | "failed" | "not-due" | "listens";
  readonly deliveries: number;
  readonly bytes: number;
  /** Of deliveries that were ingested, also such as were taken before. */
  readonly rows: number;
  readonly kept: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly skipped: number;
  /** Deliveries that no format could read; they stay in the spool. */
  readonly unread: number;
  readonly problem?: string;
}

/** The summary of collecting. */
export interface CollectSummary {
  readonly feeds: FeedSummary[];
  readonly interrupted: boolean;
}
