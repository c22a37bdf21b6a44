import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Situation } from "../../src/core/measure/index.ts";
import { writeReplay } from "../../src/replay/index.ts";
import { ask, run, write } from "./program.ts";

/** A replay on disk. */
export interface Replay {
  readonly folder: string;
  readonly days: string;
  readonly sites: string;
}

/** Writes the replay of January to May 2013 at 1:`scale`. */
export async function makeReplay(folder: string, scale: number): Promise<Replay> {
  await writeReplay({ out: folder, scale, seed: "journey" });
  return { folder, days: join(folder, "days"), sites: join(folder, "site-accesses.csv") };
}

/** All rows of all days in one file, in the order of the days. */
export function concatenated({ days }: Replay, path: string): string {
  const texts = readdirSync(days)
    .sort()
    .map((name) => readFileSync(join(days, name), "utf8"));
  const header = texts[0]!.slice(0, texts[0]!.indexOf("\n") + 1);
  return write(path, header + texts.map((text) => text.slice(header.length)).join(""));
}

/** Both kinds of rows in `pieces` files each, in turn: each change of the feed is a commit. */
export function alternating(replay: Replay, folder: string, pieces: number): string[] {
  mkdirSync(folder);
  const days = readdirSync(replay.days)
    .sort()
    .map((name) => join(replay.days, name));
  const [header, ...accesses] = readFileSync(replay.sites, "utf8").split("\n");
  const share = (count: number, piece: number): number => Math.floor((count * piece) / pieces);
  return Array.from({ length: pieces }, (_, piece) => [
    ...days.slice(share(days.length, piece), share(days.length, piece + 1)),
    write(
      join(folder, `accesses-${piece}.csv`),
      [
        header,
        ...accesses.slice(share(accesses.length, piece), share(accesses.length, piece + 1)),
        "",
      ].join("\n"),
    ),
  ]).flat();
}

/** Sets up a data directory for a replay. */
export async function initialiseFor(replay: Replay, dataDir: string): Promise<void> {
  const asn = write(`${dataDir}-asn.txt`, "248.0.0.0/8\t64496\n");
  const tables = ["--location-table", join(replay.folder, "geo.csv"), "--asn-table", asn];
  const rest = [
    "--allow-reserved",
    "240.0.0.0/4",
    "--sector-list",
    join(replay.folder, "sites.csv"),
  ];
  const init = ["init", "--yes", "--home", "CN", ...tables, ...rest, "--data", dataDir];
  const outcome = await run(init);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
}

/** Everything that a store counts, without when and from which files it was stored. */
export interface Counts {
  readonly months: Omit<Situation, "basis">;
  readonly observations: number;
  readonly waiting: number;
  /** What was observed, without where it was written; sorted. */
  readonly rows: readonly string[];
}

/** Asks a store for {@link Counts}. */
export async function countsOf(dataDir: string): Promise<Counts> {
  const data = ["--data", dataDir];
  const { basis, ...months } = await ask<Situation>(["situation", "--by", "month", ...data]);
  const { waiting } = await ask<{ waiting: number }>(["quarantine", "list", ...data]);
  const out = join(dataDir, "rows.jsonl");
  const exporting = ["export", "observations", "--format", "jsonl", "--max-tlp", "red"];
  const outcome = await run([...exporting, "--out", out, "--force", ...data]);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  const rows = readFileSync(out, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/"file":"[^"]*","line":\d+,/, ""));
  const observations = basis.feeds.reduce((sum, feed) => sum + feed.observations, 0);
  return { months, observations, waiting, rows: rows.sort() };
}
