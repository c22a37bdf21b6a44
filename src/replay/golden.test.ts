import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sharedData } from "../../test/shared-data.ts";
import { writeReplay } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-golden-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every file but `truth.json`, which may say more than the golden one. */
function csvFiles(replay: string): string[] {
  return readdirSync(replay, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .sort();
}

const golden = sharedData("demo-2013-1to100.tar.gz");

describe.skipIf(golden === undefined)(
  "the replay at 1:100, beside the reference generator's",
  () => {
    it("has the same bytes in every file and the same value in every field of the truth", async () => {
      execFileSync("tar", ["-xzf", golden!, "-C", folder]);
      const theirs = join(folder, "out100");
      const ours = join(folder, "ours");
      const truth = await writeReplay({ out: ours, scale: 100, seed: "jan-may-2013" });
      expect(csvFiles(ours)).toEqual(csvFiles(theirs));
      for (const name of csvFiles(theirs)) {
        const same = readFileSync(join(ours, name)).equals(readFileSync(join(theirs, name)));
        expect(same, name).toBe(true);
      }
      expect(truth).toMatchObject(JSON.parse(readFileSync(join(theirs, "truth.json"), "utf8")));
    });
  },
);

/** SHA-256 of all CSV files that the reference generator writes at 1:1000, one after the other by name. */
const REFERENCE_1TO1000 = "2e4d228e3ea7afd43e96cbc6d64b6d50b0a60991938f51ae6995b19c448387f0";

it("the replay at 1:1000 has the bytes of the reference generator's", async () => {
  const out = join(folder, "thousandth");
  await writeReplay({ out, scale: 1000, seed: "jan-may-2013" });
  const digest = createHash("sha256");
  for (const name of csvFiles(out)) digest.update(readFileSync(join(out, name)));
  expect(digest.digest("hex")).toBe(REFERENCE_1TO1000);
});
