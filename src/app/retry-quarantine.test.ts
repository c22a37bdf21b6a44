import { describe, expect, it } from "vitest";
import { batchRecord } from "../../test/contract/deliver.ts";
import { type Row, rows } from "../../test/contract/fixture-rows.ts";
import type { ObservationColumns } from "../core/observation/index.ts";
import { openMemoryStore } from "../store/memory/index.ts";
import type { ObservationStore } from "./ports.ts";
import { retryQuarantine, type RetryTools } from "./retry-quarantine.ts";

const open = (): ObservationStore =>
  openMemoryStore({ home: ["CN"], now: () => new Date("2024-03-02T00:00:00Z") });

const victim = (n: number): Row => ({
  at: "2024-03-01T00:00:00Z",
  victim: `192.0.2.${n}`,
  origin: "198.51.100.1",
});

async function put(store: ObservationStore, columns: ObservationColumns): Promise<void> {
  const writer = await store.beginPart("sensor");
  await writer.append(columns);
  writer.endBatch(batchRecord("sensor", "a.csv"));
  await writer.commit();
}

function toolsOf(store: ObservationStore, parse: (text: string) => ObservationColumns): RetryTools {
  return {
    store,
    locationTable: { name: "fixture", date: "2024-03-01" },
    canRead: () => true,
    pool: {
      width: 1,
      release: () => undefined,
      parse: async (_, block) => parse(Buffer.from(block).toString()),
    },
  };
}

describe("retryQuarantine", () => {
  it("takes rows that can be read now, however long, and none of which bytes are missing", async () => {
    const store = open();
    const refused = ["good", "x".repeat(10_000), "\u6c49".repeat(400_000)];
    await put(store, rows(refused.map((raw) => ({ refused: "field-invalid", raw }) as const)));
    const read: number[] = [];
    const tools = toolsOf(store, (text) => {
      read.push(text.length);
      return rows([victim(read.length)]);
    });
    expect(await retryQuarantine(tools, {})).toEqual({ tried: 3, taken: 2 });
    expect(read).toEqual([5, 10_001]);
    expect((await store.quarantine.summary()).map(({ rows: waiting }) => waiting)).toEqual([1]);
    expect((await store.size()).observations).toBe(2);
  });

  it("takes of an element what was refused, and not again what was kept", async () => {
    const store = open();
    const element = rows([victim(1), { refused: "address-invalid", raw: "e" }, victim(3)]);
    element.refusals.nth[0] = 1;
    await put(store, element);
    // As another mapping would read it: what was kept has other identities today.
    const tools = toolsOf(store, () =>
      rows([1, 2, 3].map((n) => ({ ...victim(n), family: "new" }))),
    );
    expect(await retryQuarantine(tools, {})).toEqual({ tried: 1, taken: 1 });
    const facts = await store.factsOf("origin", "198.51.100.1");
    expect(facts?.recent.map((row) => row.victim).sort()).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "192.0.2.3",
    ]);
  });

  it("reads an element once for all its refused rows", async () => {
    const store = open();
    const element = rows([
      { refused: "address-invalid", raw: "e" },
      { refused: "address-invalid", raw: "e" },
    ]);
    element.refusals.lines.set([2, 2]);
    element.refusals.nth.set([0, 2]);
    await put(store, element);
    let read = 0;
    const tools = toolsOf(store, () => {
      read++;
      const today = rows([victim(1), victim(2), { refused: "address-invalid", raw: "e" }]);
      today.refusals.nth[0] = 2;
      return today;
    });
    expect(await retryQuarantine(tools, {})).toEqual({ tried: 2, taken: 1 });
    expect(read).toBe(1);
    expect(
      (await store.quarantine.rows({})).map(({ id, takenAt }) => [id, takenAt !== null]),
    ).toEqual([
      ["1-2-1", true],
      ["1-2-2", false],
    ]);
  });

  it("tries the rows that are named", async () => {
    const store = open();
    await put(store, rows(["a", "b"].map((raw) => ({ refused: "field-invalid", raw }) as const)));
    const tools = toolsOf(store, () => rows([victim(1)]));
    expect(await retryQuarantine(tools, { ids: ["1-3-1"] })).toEqual({ tried: 1, taken: 1 });
    await expect(retryQuarantine(tools, { ids: ["9-9-9"] })).rejects.toMatchObject({
      code: "usage",
    });
  });
});
