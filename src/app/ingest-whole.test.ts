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
import { retryQuarantine } from "./retry-quarantine.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-documents-"));
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

const id = (type: string, n: number): string =>
  `${type}--00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const indicator = (n: number, address = `198.51.${n >> 8}.${n & 255}`): object => ({
  type: "indicator",
  id: id("indicator", n),
  pattern: `[ipv4-addr:value = '${address}']`,
  valid_from: "2024-01-01T00:00:00Z",
  description: "x".repeat(300),
});

/** A bundle of several blocks' size, whose last object says of what family the first one is. */
function bundle(name: string, indicators: readonly object[], indent: number): string {
  const objects = [
    ...indicators,
    { type: "malware", id: id("malware", 1), name: "Dridex" },
    {
      type: "relationship",
      id: id("relationship", 1),
      relationship_type: "indicates",
      source_ref: id("indicator", 1),
      target_ref: id("malware", 1),
    },
  ];
  const path = join(dir, name);
  writeFileSync(
    path,
    JSON.stringify({ type: "bundle", id: id("bundle", 1), objects }, null, indent),
  );
  return path;
}
const many = Array.from({ length: 12_000 }, (_, n) => indicator(n + 1));

describe.each(STORES)("a document in the %s store", (_, open) => {
  const opened = useStore(open);

  it.each([0, 2])("is read as a whole, however it is laid out (indent %i)", async (indent) => {
    const { store } = opened();
    const path = bundle(`many-${indent}.json`, many, indent);
    const [file] = (await ingestFile(path, store)).files;
    expect(file).toMatchObject({ outcome: "stored", format: "stix", kept: 12_000, refused: 0 });
    expect((await store.factsOf("origin", "198.51.0.1"))?.kinds).toMatchObject([
      { family: "Dridex" },
    ]);
    expect((await ingestFile(path, store)).files).toMatchObject([{ outcome: "known", rows: 0 }]);
  });

  it("is known after a run that was stopped, and nothing counts twice", async () => {
    const { store } = opened();
    const path = bundle("stopped.json", many.slice(0, 50), 1);
    const signal = { aborted: false };
    const onProgress = (): void => void (signal.aborted = true);
    expect(await ingestFile(path, store, { signal, onProgress })).toMatchObject({
      kept: 50,
      interrupted: true,
    });
    expect((await ingestFile(path, store)).files).toMatchObject([{ outcome: "resumed", rows: 0 }]);
    expect((await ingestFile(path, store)).files).toMatchObject([{ outcome: "known" }]);
    expect((await store.size()).observations).toBe(50);
  });

  it("has its refused elements in the quarantine, and a retry takes them when they can be read", async () => {
    const { store } = opened();
    const early = { ...indicator(2), valid_from: "1970-01-01T00:00:00Z" };
    const path = bundle("refused.json", [indicator(1), early, indicator(3)], 2);
    expect(await ingestFile(path, store)).toMatchObject({ kept: 2, refused: 1 });
    const [row] = await store.quarantine.rows({});
    expect(row).toMatchObject({ line: 12, reason: "time-impossible" });
    expect(JSON.parse(row!.raw)).toEqual(early);
    const later: ParsePool = {
      ...pool,
      parse: (reading, block) =>
        pool.parse(
          reading,
          new Uint8Array(Buffer.from(Buffer.from(block).toString().replace("1970", "2024"))),
        ),
    };
    const retried = await retryQuarantine(
      { store, pool: later, locationTable, canRead: () => true },
      {},
    );
    expect(retried).toEqual({ tried: 1, taken: 1 });
    expect((await store.size()).observations).toBe(3);
  });
});

describe("a document in a dry run", () => {
  it("is counted, and stored nowhere", async () => {
    const path = bundle("dry.json", [...many.slice(0, 20), indicator(9, "256.1.1.1")], 2);
    expect(await ingestFile(path)).toMatchObject({ kept: 20, refused: 1, dryRun: true });
  });
});
