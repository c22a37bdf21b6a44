import type { BatchRecord } from "../../app/ports.ts";
import type { OpenQuarantine } from "./quarantine-appender.ts";
import type { SkipCounts } from "../../core/observation/index.ts";

/** A batch of the part while it is written. */
export interface OpenBatch {
  readonly id: number;
  record?: BatchRecord;
  kept: number;
  duplicate: number;
  refused: number;
  skips: SkipCounts;
  readonly quarantine: OpenQuarantine;
  firstDay: number;
  lastDay: number;
}
