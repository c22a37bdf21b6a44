import type { BatchRecord } from "../../app/ports.ts";

/** A batch of the part while it is written. */
export interface OpenBatch {
  readonly id: number;
  record?: BatchRecord;
  kept: number;
  duplicate: number;
  refused: number;
  firstDay: number;
  lastDay: number;
}
