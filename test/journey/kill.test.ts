import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { copyOf, ingest, run, start, temporaryFolder } from "./program.ts";
import { alternating, concatenated, countsOf, initialiseFor, makeReplay } from "./same-counts.ts";

/** `TOCSIN_KILLS=20` kills more often, and uses fifty times the rows. */
const KILLS = Number(process.env["TOCSIN_KILLS"] ?? 8);
const SCALE = KILLS > 8 ? 10 : 500;

describe("SIGKILL during an ingest", { timeout: KILLS > 8 ? 900_000 : 240_000 }, () => {
  it("loses nothing and doubles nothing, wherever it strikes", async () => {
    const folder = temporaryFolder();
    const replay = await makeReplay(join(folder, "replay"), SCALE);
    const whole = concatenated(replay, join(folder, "whole.csv"));
    const pieces = alternating(replay, join(folder, "pieces"), 10);
    const shapes = { pieces, whole: [whole, replay.sites] };
    const base = join(folder, "base");
    await initialiseFor(replay, base);

    const undisturbed = copyOf(base, "undisturbed");
    const began = performance.now();
    const { rows, kept } = await ingest(undisturbed, pieces);
    const whileMs = performance.now() - began;
    const expected = await countsOf(undisturbed);
    expect(expected.observations).toBe(kept);

    for (const [shape, paths] of Object.entries(shapes)) {
      let data = copyOf(base, `${shape}-0`);
      for (let kill = 0; kill < KILLS / 2; kill++) {
        const killed = await strike(data, paths, 150 + Math.random() * 0.7 * whileMs);
        if (KILLS <= 8) continue;
        const { observations } = await stateOf(data);
        process.stderr.write(
          `${shape} kill ${kill + 1} at ${Math.round(killed.afterMs)} ms: ${killed.ended}; ${observations} of ${kept} stored\n`,
        );
        expect(observations).toBeLessThanOrEqual(kept);
        if (observations === kept && kill + 1 < KILLS / 2)
          data = copyOf(base, `${shape}-${kill + 1}`);
      }
      const last = await ingest(data, paths);
      expect(last.files.every(({ outcome }) => outcome !== "failed")).toBe(true);
      expect(last.rows).toBeLessThanOrEqual(rows);
      const counted = await countsOf(data);
      expect(counted.rows.length).toBe(kept);
      expect(counted).toEqual(expected);
    }
  });
});

async function strike(
  data: string,
  paths: readonly string[],
  afterMs: number,
): Promise<{ afterMs: number; ended: string }> {
  const { process: child, ended } = start(["ingest", ...paths, "--data", data, "--jobs", "1"]);
  await Promise.race([wait(afterMs), ended]);
  child.kill("SIGKILL");
  const { code } = await ended;
  return { afterMs, ended: code === null ? "killed" : `had ended with ${code}` };
}

async function stateOf(data: string): Promise<{ observations: number }> {
  const { stdout, stderr } = await run(["doctor", "--json", "--data", data]);
  expect(stderr).toBe("");
  return (
    (JSON.parse(stdout) as { store: { observations: number } | null }).store ?? { observations: 0 }
  );
}
