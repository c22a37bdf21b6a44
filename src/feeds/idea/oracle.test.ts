import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe, type Observed } from "../shared/testing/observe.ts";
import { idea } from "./index.ts";

interface Expected {
  readonly time: string;
  readonly category: string;
  readonly address: readonly [{ readonly ip: string }];
  readonly dip?: string;
  readonly sport?: number;
  readonly dport?: number;
  readonly proto?: string;
  readonly url?: string;
}

const folder = sharedData("n6");
const files = (folder === undefined ? [] : readdirSync(folder)).filter((file) =>
  file.startsWith("cesnet-cz.warden."),
);
const cases = files.flatMap((file) => {
  const { raw, expected } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as {
    raw: string;
    expected: readonly Expected[];
  };
  return Array.isArray(expected) && expected.length > 0 ? [{ file, raw, expected }] : [];
});

/** Kinds that n6 has one category for. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "server-exploit": ["brute-force", "exploit", "unprivileged-account-compromise"],
  scanning: ["scanner"],
  malurl: ["malware-distribution"],
  spam: ["spam"],
  "flow-anomaly": ["other"],
};

describe.skipIf(cases.length === 0)("idea, against what n6 makes of the same events", () => {
  it.each(cases)("reads $file as the same events", ({ raw, expected }) => {
    const { rows, refusals } = observe(idea, "warden.json", Buffer.from(raw));
    expect(refusals).toEqual([]);
    for (const want of expected) {
      const seenAt = new Date(`${want.time.replace(" ", "T")}Z`).toISOString();
      const same = rows.filter((row) => row["seenAt"] === seenAt);
      expect(same.length).toBeGreaterThan(0);
      for (const row of same) expectSame(row, want);
    }
  });
});

function expectSame(row: Observed, want: Expected): void {
  expect(row["origin"]).toBe(want.address[0].ip);
  expect(row["protocol"]).toBe(want.proto === "tcp" ? 6 : undefined);
  expect(row["url"]).toBe(want.url);
  // n6 has one of several targets' ports, and takes a lone source's port for the one that was called.
  if (want.dip !== undefined) expect(row["victim"]).toBe(want.dip);
  if (want.sport !== undefined) expect(row["originPort"]).toBe(want.sport);
  const ports = [row["victimPort"], row["originPort"]];
  if (want.dport !== undefined && want.category !== "flow-anomaly")
    expect(ports).toContain(want.dport);
  // An event of two categories is one of the first.
  expect(Object.values(kinds).flat()).toContain(row["kind"]);
}
