import { readdirSync, readFileSync } from "node:fs";
import type { FeedFormat } from "../../../app/ports.ts";
import { observe, type Outcome } from "./observe.ts";

/** A fixture: a file of a format and, beside it in JSON, what must come of it. */
export interface Fixture {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly expected: unknown;
}

/** The fixtures in the folder `fixtures` beside the module. */
export function readFixtures(module: string): readonly Fixture[] {
  const folder = new URL("fixtures/", module);
  return readdirSync(folder)
    .filter((file) => !file.endsWith(".expected.json"))
    .map((file) => ({
      file,
      bytes: readFileSync(new URL(file, folder)),
      expected: JSON.parse(
        readFileSync(new URL(file.replace(/[^.]*$/, "expected.json"), folder), "utf8"),
      ),
    }));
}

/** What comes of a fixture, in the form of the file beside it. */
export function outcomeOf(
  format: FeedFormat,
  { file, bytes }: Fixture,
  blockSize?: number,
): unknown {
  const outcome: Outcome = observe(format, file, bytes, blockSize);
  return {
    type: outcome.reading.type,
    observations: JSON.parse(JSON.stringify(outcome.rows)),
    refusals: outcome.refusals,
    ...(Object.keys(outcome.skips).length > 0 && { skips: outcome.skips }),
  };
}
