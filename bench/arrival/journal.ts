import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the journal of a feed says of a delivery that was ingested. */
export interface Ingested {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcome: string;
  readonly rows: number;
  readonly kept: number;
}

/** The deliveries of a feed that were ingested so far. */
export function ingestedOf(dataDir: string, feed: string): Ingested[] {
  const path = join(dataDir, "collect", feed, "journal.jsonl");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.includes('"event":"ingested"') && line.endsWith("}"))
    .map((line) => JSON.parse(line) as Omit<Ingested, "at"> & { at: string })
    .map(({ id, at, outcome, rows, kept }) => ({ id, at: Date.parse(at), outcome, rows, kept }));
}
