import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { STORES } from "../../test/contract/stores.ts";
import { useStore } from "../../test/contract/use-store.ts";
import { listFiles } from "../collect/files/index.ts";
import { ObservationBuilder } from "../core/observation/index.ts";
import { feedFormats, recogniseFormat } from "../feeds/index.ts";
import { ingest, type IngestJob, type IngestTools } from "./ingest.ts";
import type { IngestSummary } from "./ingest-report.ts";
import type { ObservationStore, ParsePool } from "./ports.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-give-way-"));
afterAll(() => rmSync(dir, { recursive: true }));

const formats = feedFormats([]);
const nowhere = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };
const pool: ParsePool = {
  width: 1,
  release: () => undefined,
  parse(reading, block) {
    const describeHost = () => ({ sector: "", country: 0 });
    const builder = new ObservationBuilder({ locator: nowhere, describeHost, latest: 2e12 });
    const format = formats.find(({ name }) => name === reading.format)!;
    return Promise.resolve(builder.finish(format.open(reading).read(block, 1, builder)));
  },
};
const locationTable = { name: "none", date: "2024-01-01" };

const tools = (store?: ObservationStore): IngestTools => ({
  ...(store && { store }),
  pool,
  locationTable,
  recognise: (sample) => recogniseFormat(formats, sample)?.reading,
  clock: () => 0,
});
async function ingestFile(
  path: string,
  store?: ObservationStore,
  job?: Partial<IngestJob>,
): Promise<IngestSummary> {
  const { files } = await listFiles([path], { stdin: process.stdin, dir });
  return ingest(tools(store), {
    files,
    signal: { aborted: false },
    onProgress: () => undefined,
    ...job,
  });
}

/** Lines of events that are all different, enough for several blocks. */
function manyEvents(): string {
  const path = join(dir, "many.jsonl");
  const lines = Array.from({ length: 5_000 }, (_, n) =>
    JSON.stringify({
      "time.source": "2024-03-01T00:00:00Z",
      "classification.type": "scanner",
      "source.ip": `198.51.${n >> 8}.${n & 255}`,
      "event_description.text": "x".repeat(1_500),
    }),
  );
  lines[2_500] = "{";
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

describe.each(STORES)("an ingest into the %s store that gives way", (_, open) => {
  const opened = useStore(open);

  it("has committed what it read, and goes on where it was", async () => {
    const { store } = opened();
    const path = manyEvents();
    const stored: number[] = [];
    const giveWay = {
      wanted: true,
      pass: async () => {
        stored.push((await store.size()).observations);
        // Another ingest may write now.
        await ingestFile(path, store, { feed: `urgent-${stored.length}` });
      },
    };
    const summary = await ingestFile(path, store, { feed: "bulk", giveWay });
    expect(summary.files).toMatchObject([{ outcome: "stored", rows: 5_000, kept: 4_999 }]);
    expect(stored.length).toBeGreaterThan(2);
    expect(stored[0]).toBeGreaterThan(0);
    const parts = (await store.journal(100, "bulk")).map(({ part, last }) => [part, last]);
    expect(parts[0]).toEqual([parts.length - 1, true]);
    expect(await ingestFile(path, store, { feed: "bulk" })).toMatchObject({ rows: 0 });
    expect((await store.size()).observations).toBe((stored.length + 1) * 4_999);
  });
});
