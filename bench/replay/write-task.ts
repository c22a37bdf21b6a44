/** Task: writes the replay. */
import { type Truth, writeReplay } from "#tocsin/replay/index.js";

/** What to write. */
export interface WriteOrder {
  readonly out: string;
  readonly scale: number;
  readonly seed: string;
}

/** Writes the replay and answers with its truth. */
export function run(order: WriteOrder): Promise<Truth> {
  return writeReplay(order);
}
