import { describe, expect, it } from "vitest";
import { openMemoryStore } from "../store/memory/index.ts";
import { RAW_LIMIT } from "../core/observation/index.ts";
import { rows } from "../../test/contract/fixture-rows.ts";
import { batchRecord } from "../../test/contract/deliver.ts";
import { retryQuarantine } from "./retry-quarantine.ts";

describe("retryQuarantine", () => {
  it("takes rows that can be read now, and none that is not as it came", async () => {
    const store = openMemoryStore({ home: ["CN"], now: () => new Date("2024-03-02T00:00:00Z") });
    const writer = await store.beginPart("sensor");
    const refused = ["good", "caf\ufffd", "x".repeat(RAW_LIMIT), "汉".repeat(1365)];
    const columns = rows([]);
    refused.forEach((raw, i) => {
      columns.refusals.lines[i] = i + 2;
      columns.refusals.reasons.push("field-invalid");
      columns.refusals.raw.push(raw);
    });
    columns.refusals.count = refused.length;
    await writer.append(columns);
    writer.endBatch(batchRecord("sensor", "a.csv"));
    await writer.commit();

    const read: string[] = [];
    const answer = await retryQuarantine(
      {
        store,
        locationTable: { name: "fixture", date: "2024-03-01" },
        canRead: () => true,
        pool: {
          width: 1,
          release: () => undefined,
          parse: (_, block) => {
            read.push(Buffer.from(block).toString());
            return Promise.resolve(
              rows([{ at: "2024-03-01T00:00:00Z", victim: "192.0.2.1", origin: "198.51.100.1" }]),
            );
          },
        },
      },
      {},
    );

    expect(read).toEqual(["good\n"]);
    expect(answer).toEqual({ tried: 4, taken: 1 });
    expect((await store.quarantine.summary()).map(({ rows: waiting }) => waiting)).toEqual([3]);
  });
});
