import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorkbench } from "./open-workbench.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-reread-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const signal = new AbortController().signal;

function configure(columns: string): void {
  const mapping = `  - { name: sensor, columns: { time: seen, ${columns} }, kind: infected-system, tlp: amber }`;
  writeFileSync(join(dir, "tocsin.yaml"), `home: [NO]\ncsvMappings:\n${mapping}\n`);
}

async function withBench<T>(
  work: (bench: Awaited<ReturnType<typeof openWorkbench>>) => Promise<T>,
) {
  const bench = await openWorkbench({
    dataDir: dir,
    configFile: undefined,
    command: "test",
    stdin: process.stdin,
    now: () => new Date("2024-03-10T08:00:00Z"),
  });
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

describe("a stored batch that is read again", () => {
  it(
    "counts by today's mapping, once, and only if it is the same file",
    { timeout: 60_000 },
    async () => {
      const file = join(dir, "sensor.csv");
      writeFileSync(
        file,
        "seen,a,b\n2024-03-01T00:00:00Z,192.0.2.1,198.51.100.1\nnever,192.0.2.2,198.51.100.1\n2024-03-02T00:00:00Z,192.0.2.3,198.51.100.2\n",
      );
      configure("victim: b, origin: a");
      await withBench((bench) => bench.ingest([file], {}, () => undefined, signal));
      configure("victim: a, origin: b");
      await withBench(async (bench) => {
        const store = await bench.store();
        expect(await store.factsOf("origin", "192.0.2.1")).toBeDefined();
        const { files, mayMiss } = await bench.rereadBatches({ feed: "sensor" }, signal);
        expect(mayMiss).toEqual([]);
        const counted = { rows: 3, kept: 2, duplicate: 0, refused: 1 };
        expect(files).toMatchObject([
          { replaced: [1], batch: 2, before: counted, after: counted, path: file },
        ]);
        expect(await store.factsOf("origin", "192.0.2.1")).toBeUndefined();
        expect(await store.factsOf("victim", "192.0.2.1")).toMatchObject({ observations: 1 });
        expect(await store.size()).toMatchObject({ observations: 2, batches: 1 });
        expect((await store.quarantine.rows({})).map(({ id }) => id)).toEqual(["2-3-1"]);
        const known = await bench.ingest([file], {}, () => undefined, signal);
        expect(known.files[0]?.outcome).toBe("known");

        const moved = join(dir, "archive.csv");
        renameSync(file, moved);
        const gone = await bench.rereadBatches({ ids: [2] }, signal);
        expect(gone.files[0]).toMatchObject({ batch: null, after: null });
        expect(gone.files[0]?.problem).toContain("not there any more");
        const found = await bench.rereadBatches({ ids: [2], from: moved }, signal);
        expect(found.files[0]).toMatchObject({ batch: 3, replaced: [2] });
        writeFileSync(file, "seen,a,b\n2024-03-01T00:00:00Z,192.0.2.1,198.51.100.9\n");
        const other = await bench.rereadBatches({ ids: [3] }, signal);
        expect(other.files[0]?.batch).toBeNull();
        expect(await store.size()).toMatchObject({ observations: 2, batches: 1 });
        await expect(bench.rereadBatches({ ids: [99] }, signal)).rejects.toMatchObject({
          code: "batch-unknown",
        });
      });
    },
  );
});
