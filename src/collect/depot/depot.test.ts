import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Depot, JournalLine } from "../../app/collect-ports.ts";
import { depotIn, folder } from "../../../test/collect/bench.ts";
import { foldLines } from "./compact.ts";
import { readStanding } from "./index.ts";
import { harmlessName } from "./spool-names.ts";

const bytes = (text: string): Uint8Array[] => [Buffer.from(text)];
const put = (depot: Depot, id: string, text = "a\n") =>
  depot.spool.put({ id, name: `${id}.csv` }, bytes(text));
/** What a crash leaves of a file that was being written. */
const leave = (dir: string, name: string, text: string): void =>
  writeFileSync(join(dir, "spool", `.part-20240301T000000Z-0000!${name}`), text);
const stored = { outcome: "stored", rows: 1, kept: 1, duplicate: 0, refused: 0 } as const;

describe("openDepot", () => {
  it("knows after reopening what was taken, what waits and where to go on", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    await depot.take({ deliveries: [await put(depot, "one")], state: { cursor: 1 } });
    await depot.take({ deliveries: [await put(depot, "two")], state: { cursor: 2 } });
    await depot.ingested("one", stored);
    const again = await depotIn(dir);
    expect(again.known("one") && again.known("two")).toBe(true);
    expect(again.known("three")).toBe(false);
    expect(again.state).toEqual({ cursor: 2 });
    expect(again.waiting().map(({ id }) => id)).toEqual(["two"]);
    expect(readFileSync(again.waiting()[0]!.path, "utf8")).toBe("a\n");
    expect(await readStanding(dir)).toMatchObject({ deliveries: 2, bytes: 4, waiting: 1 });
  });

  it("drops what the journal does not have, where the remote side has it still", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    await put(depot, "one");
    leave(dir, "two", "half");
    const again = await depotIn(dir);
    expect(again.known("one")).toBe(false);
    expect(readdirSync(join(dir, "spool"))).toEqual([]);
  });

  it("keeps it where nobody else has it: of a file that was being written, its whole lines", async () => {
    const dir = folder();
    const depot = await depotIn(dir, "kept");
    await put(depot, "one", "whole\n");
    leave(dir, "two", "a\nb\nhal");
    leave(dir, "three", "hal");
    const waiting = (await depotIn(dir, "kept")).waiting();
    expect(waiting.map(({ path }) => readFileSync(path, "utf8")).sort()).toEqual([
      "a\nb\n",
      "whole\n",
    ]);
    expect(waiting.map(({ name }) => name).sort()).toEqual(["one.csv", "two"]);
    expect((await depotIn(dir, "kept")).waiting()).toHaveLength(2);
  });

  it("forgets a line that a crash cut, and what comes after it is whole", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    await depot.take({ deliveries: [await put(depot, "one")] });
    appendFileSync(join(dir, "journal.jsonl"), '{"at":"2024-01-01T00:00:00Z","event":"ta');
    const again = await depotIn(dir);
    await again.take({ deliveries: [await put(again, "two")] });
    const last = await depotIn(dir);
    expect(last.waiting().map(({ id }) => id)).toEqual(["one", "two"]);
  });

  it("does not go over damage in the middle", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    await depot.take({ deliveries: [await put(depot, "one")] });
    const path = join(dir, "journal.jsonl");
    writeFileSync(path, `garbage\n${readFileSync(path, "utf8")}`);
    await expect(depotIn(dir)).rejects.toMatchObject({ code: "store-corrupt" });
  });

  it("removes what was ingested long enough ago, and keeps what nobody could read", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    const [one, two, three] = [
      await put(depot, "one"),
      await put(depot, "two"),
      await put(depot, "three"),
    ];
    await depot.take({ deliveries: [one, two, three] });
    await depot.ingested("one", stored);
    await depot.ingested("two", { ...stored, outcome: "failed", problem: "no format" });
    await depot.prune(new Date(Date.now() - 60_000));
    expect(existsSync(one.path)).toBe(true);
    await depot.prune(new Date(Date.now() + 1000));
    expect([one, two, three].map(({ path }) => existsSync(path))).toEqual([false, true, true]);
    const again = await depotIn(dir);
    expect(again.known("one")).toBe(true);
    expect(again.unread()).toMatchObject([{ id: "two", outcome: { problem: "no format" } }]);
  });

  it("leaves nothing behind of what is too large", async () => {
    const dir = folder();
    const depot = await depotIn(dir);
    const put = depot.spool.put({ id: "one", name: "n", maxBytes: 3 }, bytes("abcd"));
    await expect(put).rejects.toMatchObject({ code: "input-too-large" });
    expect(readdirSync(join(dir, "spool"))).toEqual([]);
  });
});

it("folding a journal keeps ids, state, sums and what lies in the spool", () => {
  const taken = (at: string, id: string, cursor: number): JournalLine => ({
    at,
    event: "taken",
    deliveries: [{ id, name: id, file: id, size: 5, sha256: "" }],
    state: { cursor },
  });
  const lines: JournalLine[] = [
    taken("2023-01-01", "gone", 1),
    { at: "2023-01-01", event: "ingested", id: "gone", ...stored },
    { at: "2023-01-02", event: "removed", ids: ["gone"] },
    taken("2023-01-03", "waits", 2),
    { at: "2023-01-04", event: "run", seconds: 1, deliveries: 0, bytes: 0 },
    taken("2024-01-01", "new", 3),
  ];
  const once = foldLines(lines, "2023-06-01", true);
  expect(once).toEqual([
    {
      at: "2023-06-01",
      event: "known",
      ids: ["gone"],
      deliveries: 1,
      bytes: 5,
      state: { cursor: 2 },
    },
    {
      at: "2023-01-03",
      event: "taken",
      deliveries: [{ id: "waits", name: "waits", file: "waits", size: 5, sha256: "" }],
    },
    taken("2024-01-01", "new", 3),
  ]);
  expect(foldLines(once, "2023-06-01", true)).toEqual(once);
});

it.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\reports\\a b.csv", "a_b.csv"],
  [".hidden", "hidden"],
  ["a!b\u001b[2J.csv", "a_b_2J.csv"],
  ["报告-2024.csv.gz", "报告-2024.csv.gz"],
  ["", "delivery"],
])("the name %j becomes %j in the spool", (name, harmless) => {
  expect(harmlessName(name)).toBe(harmless);
});
