import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exportObservations } from "../../src/app/export-observations.ts";
import type {
  ExchangeFormat,
  ObservationFilter,
  ObservationRecord,
  ObservationStore,
} from "../../src/app/ports.ts";
import { tlpLevels } from "../../src/core/marking/index.ts";
import { csv } from "../../src/exchange/csv/index.ts";
import { jsonl } from "../../src/exchange/jsonl/index.ts";
import { batchRecord, deliver } from "./deliver.ts";
import { type Row, rows } from "./fixture-rows.ts";
import { bare, bareRecord, full, fullRecord } from "./sample-rows.ts";
import type { OpenEmptyStore } from "./stores.ts";
import { days, useStore } from "./use-store.ts";

/** Observations that leave: the pages of a selection, and files that are written from them. */
export function describeExport(open: OpenEmptyStore): void {
  describe("exporting", () => {
    const folder = mkdtempSync(join(tmpdir(), "tocsin-export-"));
    afterAll(() => rmSync(folder, { recursive: true }));
    const opened = useStore(open);
    const path = join(folder, "out");

    it("writes every field as JSON lines", async () => {
      const { store } = opened();
      await deliver(store, "sites", { path: "a.csv", rows: [full, bare] });
      const done = await exportTo(store, path, jsonl, { maxTlp: "red" });
      expect(done).toEqual({ written: 2, withheld: 0, unsaid: 0 });
      const records = readJsonLines(path);
      for (const { identity } of records) expect(identity).toMatch(/^[0-9a-f]{16}$/);
      const identity = expect.any(String);
      expect(records).toEqual([
        { ...fullRecord, identity },
        { ...bareRecord, identity },
      ]);
    });

    it("keeps observations apart that stand on one line, each with its own details", async () => {
      const { store } = opened();
      const other = { ...full, origin: "2001:db8:2::77", url: "/other" };
      for (const path of ["a.json", "b.json"]) {
        const part = await store.beginPart("sites");
        const [first, second] = path === "a.json" ? [full, bare] : [full, other];
        await part.append(rows([first], 7));
        await part.append(rows([second], 7));
        part.endBatch(batchRecord("sites", path));
        await part.commit();
      }
      expect(await exportTo(store, path, jsonl, { maxTlp: "red" })).toMatchObject({ written: 3 });
      const found = readJsonLines(path).map(({ origin, url }) => [origin, url]);
      expect(found).toHaveLength(3);
      expect(found).toContainEqual(["2001:db8:2::77", "/other"]);
      expect(found).toContainEqual([fullRecord.origin, fullRecord.url]);
    });

    it("writes CSV with the same fields, quoted where it must be", async () => {
      const { store } = opened();
      await deliver(store, "sites", { path: "a.csv", rows: [full, bare] });
      await exportTo(store, path, csv, { maxTlp: "red" });
      const [names, ...lines] = readFileSync(path, "utf8").split("\r\n");
      expect(names!.split(",")).toHaveLength(Object.keys(fullRecord).length + 1);
      expect(lines[0]).toContain(',tcp,"/images/""quoted"", name.php",government,4000000000,100,');
      expect(lines[1]).toMatch(/^2013-02-01T00:00:00Z,,infected-system,,,0,,,0,198\.51\.100\.1,/);
      expect(lines[2]).toBe("");
    });

    it("writes no text into CSV that a spreadsheet would run", async () => {
      const { store } = opened();
      await deliver(store, "sites", { rows: [{ ...bare, family: "=1+2", url: "@sum" }] });
      await exportTo(store, path, csv, { maxTlp: "red" });
      expect(readFileSync(path, "utf8")).toMatch(/,'=1\+2,.*,'@sum,/);
    });

    it("keeps rows apart that stand on one line, as in a document without line ends", async () => {
      const { store } = opened();
      const site = (name: string, victim: string): Row => ({
        ...full,
        victim,
        host: `${name}.example`,
        url: `/${name}`,
      });
      const columns = rows([site("a", "2001:db8:c::5"), site("b", "2001:db8:c::6"), bare]);
      columns.line.fill(1);
      const part = await store.beginPart("documents");
      await part.append(columns);
      part.endBatch(batchRecord("documents", "one-line.json"));
      await part.commit();
      await exportTo(store, path, jsonl, { maxTlp: "red" });
      const said = readJsonLines(path).map((row) => [row.victim, row.victimHost, row.url]);
      expect(said).toEqual([
        ["2001:db8:c::5", "a.example", "/a"],
        ["2001:db8:c::6", "b.example", "/b"],
        ["", "", ""],
      ]);
    });

    it("withholds and counts what is marked above the limit", async () => {
      const { store } = opened();
      await deliver(store, "sites", { rows: [full, bare, { ...bare, eventId: "2", tlp: "red" }] });
      const done = await exportTo(store, path, jsonl, { maxTlp: "amber" });
      expect(done).toEqual({ written: 1, withheld: 2, unsaid: 0 });
      expect(readJsonLines(path).map(({ tlp }) => tlp)).toEqual(["clear"]);
    });

    it.each(tlpLevels.map((level, i) => [level, i + 1] as const))(
      "lets out what is marked %s and below where that is the limit",
      async (maxTlp, written) => {
        const { store } = opened();
        const rows = tlpLevels.map((tlp, i): Row => ({ ...bare, eventId: String(i), tlp }));
        await deliver(store, "sites", { rows });
        const done = await exportTo(store, path, jsonl, { maxTlp });
        expect(done).toEqual({ written, withheld: tlpLevels.length - written, unsaid: 0 });
        expect(readJsonLines(path).map(({ tlp }) => tlp)).toEqual(tlpLevels.slice(0, written));
      },
    );

    it("takes a period, a feed, a kind, an address or a host", async () => {
      const { store } = opened();
      const bot: Row = { ...bare, victim: "192.0.2.1", origin: "198.51.100.2" };
      await deliver(store, "sites", { rows: [full, bare] });
      await deliver(store, "sinkhole", { rows: [bot] });
      const lines = async (filter: Partial<ObservationFilter>) => {
        await exportTo(store, path, jsonl, { maxTlp: "red", ...filter });
        return readJsonLines(path).map(({ feed, line }) => `${feed}:${line}`);
      };
      expect(await lines({ period: days("2013-01-10", "2013-01-31") })).toEqual(["sites:2"]);
      expect(await lines({ feed: "sinkhole" })).toEqual(["sinkhole:2"]);
      expect(await lines({ feed: "nobody" })).toEqual([]);
      expect(await lines({ kind: "web-backdoor" })).toEqual(["sites:2"]);
      expect(await lines({ victim: "192.0.2.1" })).toEqual(["sinkhole:2"]);
      expect(await lines({ victim: "2001:DB8:C:0::5" })).toEqual(["sites:2"]);
      expect(await lines({ victim: "www.city-of-nowhere.gov.example" })).toEqual(["sites:2"]);
      expect(await lines({ victim: "never.seen.example" })).toEqual([]);
      expect(await lines({ origin: "198.51.100.1", feed: "sites" })).toEqual([
        "sites:2",
        "sites:3",
      ]);
    });
  });
}

function exportTo(
  store: ObservationStore,
  path: string,
  format: ExchangeFormat,
  filter: ObservationFilter,
) {
  writeFileSync(path, "");
  const write = async (text: string) => appendFileSync(path, text);
  return exportObservations({ store, format, write }, filter);
}

function readJsonLines(path: string): ObservationRecord[] {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ObservationRecord);
}
