import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareTruth } from "../../src/cli/demo/compare-truth.ts";
import type { IngestSummary } from "../../src/app/ingest-report.ts";
import type { Situation } from "../../src/core/measure/index.ts";
import { sharedData } from "../shared-data.ts";
import { ask, run, temporaryFolder } from "./program.ts";

const folder = temporaryFolder();

interface Demo {
  readonly replay: {
    equal: boolean;
    fields: number;
    differences: unknown[];
    truth: object;
    counted: object;
  };
  readonly threatfox: { rows: number; unitedStates: { share: number } };
}

describe("tocsin demo", () => {
  it("counts its replay equal to the truth in every field, and the same again from what it has kept", async () => {
    const data = join(folder, "demo");
    const first = await ask<Demo>(["demo", "--scale", "1000", "--data", data]);
    expect(first.replay).toMatchObject({ equal: true, differences: [] });
    expect(first.replay.fields).toBeGreaterThan(100);
    expect(first.threatfox.unitedStates.share).toBeGreaterThan(0);
    const began = performance.now();
    const second = await ask<Demo>(["demo", "--scale", "1000", "--data", data]);
    expect(second).toEqual(first);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it("tells people the numbers in English and Chinese, beside the truth", async () => {
    const { code, stdout } = await run(["demo", "--scale", "1000", "--data", join(folder, "demo")]);
    expect(code).toBe(0);
    expect(stdout).toContain("counted 5,630; known 5,630");
    expect(stdout).toMatch(/numbers are equal to the truth/);
    expect(stdout).toMatch(/境内.*境外/);
  });
});

interface Truth {
  readonly victims: number;
  readonly origins: number;
  readonly byCountry: Record<string, { origins: number; victims: number }>;
  readonly byMonth: { month: string; victims: number; origins: number }[];
  readonly sites: {
    total: number;
    us: number;
    bySector: Record<string, number>;
    accesses: number;
    origins: number;
    usOrigins: number;
  };
  readonly rows: { rows: number; duplicates: number; traps: Record<string, number> };
}

const archive = sharedData("demo-2013-1to100.tar.gz");

describe.skipIf(!archive)("the demonstration data of 2013 at 1:100", () => {
  it("counts equal to its truth in three commands", async () => {
    execFileSync("tar", ["xzf", archive!, "-C", folder]);
    const cwd = join(folder, "out100");
    const truth = JSON.parse(readFileSync(join(cwd, "truth.json"), "utf8")) as Truth;
    const init = await run(
      [
        "init",
        "--yes",
        "--home",
        "CN",
        "--location-table",
        "geo.csv",
        "--allow-reserved",
        "240.0.0.0/4",
      ],
      { cwd },
    );
    expect(init, init.stderr).toMatchObject({ code: 0 });
    const ingested = await ask<IngestSummary>(["ingest", "days", "site-accesses.csv"], { cwd });
    expect(ingested).toMatchObject({ refused: 0, duplicate: truth.rows.duplicates });
    const period = ["--from", "2013-01-01", "--to", "2013-05-31"];
    const situation = await ask<Situation>(["situation", ...period, "--by", "month"], { cwd });
    expect(compareTruth(truthOf(truth), countedOf(situation)).differences).toEqual([]);
  });
});

/** The part of a truth that the situation states. */
function truthOf({ victims, origins, byCountry, byMonth, sites, rows: { traps } }: Truth): object {
  const { accesses: _rows, ...counted } = sites;
  return { victims, origins, byCountry, byMonth, sites: counted, traps };
}

function countedOf({ total, byCountry, by, websites, excluded }: Situation): object {
  const us = websites.byCountry.find(({ country }) => country === "US");
  return {
    victims: total.victims,
    origins: total.origins,
    byCountry: Object.fromEntries(
      byCountry.map(({ country, origins, victims }) => [country, { origins, victims }]),
    ),
    byMonth: by?.rows.map(({ key, victims, origins }) => ({ month: key, victims, origins })),
    sites: {
      total: websites.total,
      us: us?.websites,
      bySector: Object.fromEntries(
        websites.bySector.map(({ sector, websites: count }) => [sector, count]),
      ),
      origins: websites.origins,
      usOrigins: us?.origins,
    },
    traps: {
      domesticOrigins: excluded.domesticOrigin.origins,
      domesticVictims: excluded.domesticOrigin.victims,
      foreignVictims: excluded.foreignVictim.victims,
      allowlistedOriginRows: excluded.warningListOrigin.observations,
      privateVictimRows: excluded.reservedVictim.observations,
    },
  };
}
