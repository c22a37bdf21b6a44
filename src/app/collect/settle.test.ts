import { expect, it } from "vitest";
import type { JournaledDelivery } from "../collect-ports.ts";
import type { FileSummary, IngestSummary } from "../ingest-report.ts";
import { settle } from "./settle.ts";

const delivery = (name: string): JournaledDelivery => ({
  id: name,
  name,
  path: `/spool/1!${name}`,
  size: 1,
  sha256: "",
  takenAt: "",
});
const [a, b, c] = [delivery("a.zip"), delivery("b.csv"), delivery("c.csv")];

const file = (path: string, more: Partial<FileSummary> = {}): FileSummary => ({
  path,
  feed: "f",
  format: "t",
  type: "t",
  outcome: "stored",
  rows: 2,
  kept: 1,
  duplicate: 0,
  refused: 1,
  skipped: 0,
  notes: [],
  ...more,
});

const summary = (files: FileSummary[], interrupted = false): IngestSummary => ({
  files,
  rows: 0,
  kept: 0,
  duplicate: 0,
  refused: 0,
  skipped: 0,
  reasons: {},
  skips: {},
  samples: [],
  seconds: 0,
  dryRun: false,
  interrupted,
});

it("the members of an archive count together", () => {
  const members = [file(`${a.path}!x.csv`), file(`${a.path}!y.csv`, { outcome: "known" })];
  expect(settle([a, b], summary([...members, file(b.path, { outcome: "empty" })]))).toMatchObject([
    { outcome: { outcome: "stored", rows: 4, refused: 2 }, done: true },
    { outcome: { outcome: "empty" }, done: true },
  ]);
  const bad = file(`${a.path}!z.csv`, { outcome: "failed", problem: "cut" });
  expect(settle([a], summary([...members, bad]))).toMatchObject([
    { outcome: { outcome: "failed", problem: "cut", rows: 6 } },
  ]);
});

it("an ingest that was stopped has done what it left behind, and what cannot be read", () => {
  const files = [file(a.path), file(b.path), file(c.path, { outcome: "failed", problem: "bad" })];
  expect(settle([a, b, c], summary(files, true)).map(({ done }) => done)).toEqual([
    true,
    false,
    true,
  ]);
  expect(settle([a, b], summary([], true)).map(({ done }) => done)).toEqual([false, false]);
});
