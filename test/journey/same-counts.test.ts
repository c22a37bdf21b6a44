import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOf, ingest, temporaryFolder } from "./program.ts";
import { concatenated, type Counts, countsOf, initialiseFor, makeReplay } from "./same-counts.ts";

describe("however the same rows are fed", () => {
  it("counts the same: inline, on one thread, on two, in one file or many, in whatever order", async () => {
    const folder = temporaryFolder();
    const replay = await makeReplay(join(folder, "replay"), 1000);
    const base = join(folder, "base");
    await initialiseFor(replay, base);
    const days = readdirSync(replay.days)
      .sort()
      .map((name) => join(replay.days, name));
    const whole = concatenated(replay, join(folder, "whole.csv"));
    const ways: Record<string, { paths: readonly string[]; with?: readonly string[] }> = {
      inline: { paths: [...days, replay.sites] },
      "one-thread": { paths: [replay.days, replay.sites], with: ["--jobs", "1"] },
      "two-threads": { paths: [replay.sites, whole], with: ["--jobs", "2"] },
      backwards: { paths: [replay.sites, ...days.toReversed()] },
      shuffled: { paths: shuffled([...days, replay.sites]), with: ["--jobs", "2"] },
    };
    let first: Counts | undefined;
    for (const [name, { paths, with: options = [] }] of Object.entries(ways)) {
      const data = copyOf(base, name);
      await ingest(data, paths, { with: options });
      const counts = await countsOf(data);
      first ??= counts;
      expect({ name, ...counts }).toEqual({ name, ...first });
    }
  });
});

/** In an order that is the same at every run. */
function shuffled(paths: readonly string[]): string[] {
  return paths
    .map((path, i) => ({ path, key: (i * 7919) % 157 }))
    .sort((a, b) => a.key - b.key)
    .map(({ path }) => path);
}
