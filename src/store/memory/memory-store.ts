import type { ObservationStore } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { basisOf } from "./basis.ts";
import { countSituation } from "./count-situation.ts";
import { selectRows } from "./export.ts";
import { feedRecordsOf } from "./feed-records.ts";
import { factsOf } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import { type Holdings, MemoryPartWriter } from "./part-writer.ts";
import { quarantineOf } from "./quarantine.ts";

/** What the store is opened with. */
export interface MemoryStoreOptions {
  /** Whose victims are findings. Nothing is counted beforehand: each question names its own home. */
  readonly home: readonly string[];
  readonly now: () => Date;
}

/**
 * A store that keeps every observation as one object and counts by looking at all of them. It is the plain reading of the
 * port: small enough to be seen to be right, and what the other stores are compared with. It lives as long as the process.
 */
export function openMemoryStore({ home, now }: MemoryStoreOptions): ObservationStore {
  const holdings: Holdings = {
    observations: [],
    journal: [],
    refused: [],
    bytes: new Map(),
    identities: new Map(),
    gaps: new Map(),
  };
  const { observations, journal } = holdings;
  let writing = false;
  return {
    sizesOf: async (feed) =>
      new Set(journal.filter((entry) => entry.feed === feed).map((entry) => entry.fileSize)),
    entriesOfSize: async (feed, fileSize) =>
      journal.filter((entry) => entry.feed === feed && entry.fileSize === fileSize),
    beginPart: async (feed, replaced = []) => {
      if (writing) throw new Fault("usage", "one part is written at a time");
      writing = true;
      return new MemoryPartWriter(feed, new Set(replaced), {
        holdings,
        now,
        ended: () => (writing = false),
      });
    },
    countSituation: async (question) => countSituation(observations, question),
    basisOf: async (period) => basisOf(observations, journal, holdings.gaps, period),
    feedRecords: async () => feedRecordsOf(holdings),
    noteGaps: async (feed, gaps) => {
      if (journal.some((entry) => entry.feed === feed)) holdings.gaps.set(feed, [...gaps]);
    },
    span: async () => {
      if (observations.length === 0) return undefined;
      const days = observations.map((row) => row.day).sort((a, b) => a - b);
      return { from: days[0]!, until: days.at(-1)! + 1 };
    },
    factsOf: async (side, address) => factsOf(observations, side, address),
    select: async (filter) => selectRows(observations, filter),
    writeParquet: async () => {
      throw new Fault("format-unknown", "the store in memory writes no parquet");
    },
    findings: findingsOf(observations, home),
    quarantine: quarantineOf(holdings, now),
    journal: async (limit, feed) =>
      journal
        .filter((entry) => feed === undefined || entry.feed === feed)
        .toReversed()
        .slice(0, limit),
    size: async () => ({
      observations: observations.length,
      bytes: 0,
      batches: journal.length,
    }),
    close: async () => undefined,
  };
}
