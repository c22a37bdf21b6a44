/** Puts rows into a store as `ingest` does. */
import type { BatchRecord, ObservationStore, PartOutcome } from "../../src/app/ports.ts";
import { type RefusedRow, type Row, rows, type SkippedRow } from "./fixture-rows.ts";

/** A file of a feed; `blocks` where it arrives in more than one. */
export interface Delivery {
  readonly path?: string;
  readonly rows?: readonly (Row | RefusedRow | SkippedRow)[];
  readonly blocks?: readonly (readonly (Row | RefusedRow | SkippedRow)[])[];
  /** Its blocks stand on one line. */
  readonly oneLine?: boolean;
  readonly record?: Partial<BatchRecord>;
}

/** The journal's entry of a batch in the tests. */
export function batchRecord(feed: string, path: string, more?: Partial<BatchRecord>): BatchRecord {
  return {
    feed,
    path,
    sha256: "0".repeat(64),
    fileSize: 1000,
    part: 0,
    last: true,
    toByte: 1000,
    toLine: 10,
    reading: {
      format: "fixture",
      type: "fixture",
      mapping: "fixture.1",
      columns: ["a", "b"],
      skip: { bytes: 4, lines: 1 },
      tlp: "green",
      notes: [],
    },
    locationTable: { name: "fixture-map", date: "2013-01-01" },
    ...more,
  };
}

/** Writes deliveries as one part, and commits it. */
export async function deliver(
  store: ObservationStore,
  feed: string,
  ...deliveries: readonly Delivery[]
): Promise<PartOutcome[]> {
  const part = await writePart(store, feed, deliveries);
  return part.commit();
}

/** Puts rows in the place of batches. */
export async function replace(
  store: ObservationStore,
  feed: string,
  batches: readonly number[],
  by: readonly (Row | RefusedRow)[],
): Promise<void> {
  const part = await store.beginPart(feed, batches);
  await part.append(rows(by));
  part.endBatch(batchRecord(feed, "again.csv"));
  await part.commit();
}

/** Writes deliveries as one part, and forgets it. */
export async function abandon(
  store: ObservationStore,
  feed: string,
  ...deliveries: readonly Delivery[]
): Promise<void> {
  const part = await writePart(store, feed, deliveries);
  await part.rollback();
}

async function writePart(store: ObservationStore, feed: string, deliveries: readonly Delivery[]) {
  const part = await store.beginPart(feed);
  for (const [at, delivery] of deliveries.entries()) {
    let line = 2;
    for (const block of delivery.blocks ?? [delivery.rows ?? []]) {
      await part.append(rows(block, line));
      if (!delivery.oneLine) line += block.length;
    }
    part.endBatch(batchRecord(feed, delivery.path ?? `file-${at + 1}.csv`, delivery.record));
  }
  return part;
}
