/** One observation as an object: what the memory store keeps of a row. */
import type { JournalEntry, ObservationRecord } from "../../app/ports.ts";
import {
  type FacetFields,
  type ObservationColumns,
  plainObservations,
  readFacet,
  word64,
} from "../../core/observation/index.ts";
import { type Kind, kindOfCode } from "../../core/taxonomy/index.ts";

/** A row as it was delivered. The feed and the file are the writer's to add. */
export interface Observation {
  readonly record: Omit<ObservationRecord, "feed" | "file">;
  readonly seenAt: number;
  readonly day: number;
  readonly kind: Kind | undefined;
  readonly facet: FacetFields;
  /** Count keys; 0 if the row names no address. */
  readonly victimKey: bigint;
  readonly originKey: bigint;
}

/** A row as it is stored. */
export interface StoredObservation extends Observation {
  readonly record: ObservationRecord;
  readonly batch: JournalEntry;
}

/** The rows of a block as objects, in its order. */
export function observationsOf(columns: ObservationColumns): Observation[] {
  return plainObservations(columns).map((record, row) => {
    const facet = readFacet(columns.facets, columns.facet[row]!);
    return {
      seenAt: Number(word64(columns.seenAt, row)),
      day: columns.day[row]!,
      kind: kindOfCode(facet.kind),
      facet,
      victimKey: word64(columns.victim, row),
      originKey: word64(columns.origin, row),
      record,
    };
  });
}
