import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressFromText } from "../core/network/index.ts";
import { writeReplay, type Truth } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-recount-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Cells = Record<string, string>;

function readCsv(path: string): Cells[] {
  const [header, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = header!.split(",");
  return rows.map((row) =>
    Object.fromEntries(row.split(",").map((cell, at) => [names[at]!, cell])),
  );
}

function distinct(rows: Cells[], column: string): number {
  return new Set(rows.map((row) => row[column])).size;
}

function groupBy(rows: Cells[], key: (row: Cells) => string): [string, Cells[]][] {
  const groups = new Map<string, Cells[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
}

function hosts(rows: Cells[]): { origins: number; victims: number } {
  return { origins: distinct(rows, "origin_ip"), victims: distinct(rows, "victim_ip") };
}

/** A replay read back from nothing but its files, as slowly and plainly as it can be done. */
function readReplay(out: string) {
  const ranges = readFileSync(join(out, "geo.csv"), "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => row.split(","))
    .map(([first, last, country]) => ({
      first: Number(first),
      last: Number(last),
      country: country!,
    }));
  const locate = (address: string): string => {
    const number = addressFromText(address)!.w3;
    return ranges.find(({ first, last }) => number >= first && number <= last)?.country ?? "";
  };
  const rows = readdirSync(join(out, "days")).flatMap((name) =>
    readCsv(join(out, "days", name)).map((row): Cells => ({
      ...row,
      file: name.slice(0, 10),
      date: row["timestamp"]!.slice(0, 10),
      home: locate(row["victim_ip"]!),
      abroad: locate(row["origin_ip"]!),
    })),
  );
  const events = [...new Map(rows.toReversed().map((row) => [row["event_id"], row])).values()];
  return {
    rows,
    events,
    counted: events.filter(({ home, abroad }) => home === "CN" && abroad !== "CN" && abroad !== ""),
    sites: readCsv(join(out, "sites.csv")),
    accesses: readCsv(join(out, "site-accesses.csv")).map((row): Cells => ({
      ...row,
      country: locate(row["origin_ip"]!),
    })),
  };
}

const REPLAYS = [
  { seed: "jan-may-2013", scale: 1000 },
  { seed: "another seed", scale: 1000 },
  { seed: "odd", scale: 777 },
  { seed: "tiny", scale: 10_000 },
];

describe.each(REPLAYS)(
  "the replay '$seed' at 1:$scale, counted again from its files",
  ({ seed, scale }) => {
    const out = join(folder, seed);
    let truth: Truth;
    let replay: ReturnType<typeof readReplay>;

    beforeAll(async () => {
      truth = await writeReplay({ out, scale, seed });
      replay = readReplay(out);
    });

    it("holds the hosts of the article at this scale", () => {
      const { origins, victims, usOrigins, usVictims } = truth.article;
      const fromUs = replay.counted.filter(({ abroad }) => abroad === "US");
      expect(hosts(replay.counted)).toEqual({ origins, victims });
      expect(hosts(fromUs)).toEqual({ origins: usOrigins, victims: usVictims });
      expect(truth).toMatchObject({ origins, victims });
    });

    it("has the hosts of every country and month that the truth says", () => {
      const countries = groupBy(replay.counted, ({ abroad }) => abroad!);
      const months = groupBy(replay.counted, ({ date }) => date!.slice(0, 7));
      const byCountry = countries.map(([country, rows]) => [country, hosts(rows)]);
      const byMonth = months.map(([month, rows]) => ({ month, ...hosts(rows) }));
      expect(Object.fromEntries(byCountry)).toEqual(truth.byCountry);
      expect(byMonth.toSorted((one, other) => one.month.localeCompare(other.month))).toEqual(
        truth.byMonth,
      );
    });

    it("has the rows, events and pairs that the truth says", () => {
      const pairs = new Set(replay.counted.map((row) => `${row["victim_ip"]} ${row["origin_ip"]}`));
      expect(truth.rows).toMatchObject({
        rows: replay.rows.length,
        events: replay.events.length,
        duplicates: replay.rows.length - replay.events.length,
        counted: replay.counted.length,
        edges: pairs.size,
      });
    });

    it("delivers late events within two days, a second copy within one more, and all of one event alike", () => {
      const days = (row: Cells): number =>
        (Date.parse(row["file"]!) - Date.parse(row["date"]!)) / 86_400_000;
      const copies = groupBy(replay.rows, (row) => row["event_id"]!).map(([, rows]) => rows);
      const first = copies.map((rows) => Math.min(...rows.map(days)));
      expect(first.filter((late) => late > 0)).toHaveLength(truth.rows.late);
      expect(Math.max(...first)).toBeLessThanOrEqual(2);
      for (const rows of copies.filter(({ length }) => length > 1)) {
        expect(rows).toHaveLength(2);
        expect(rows[1]).toEqual({ ...rows[0], file: rows[1]!["file"] });
        expect(Math.abs(days(rows[1]!) - days(rows[0]!))).toBeLessThanOrEqual(1);
      }
      for (const { date } of replay.rows)
        expect(date! >= truth.period.from && date! <= truth.period.to).toBe(true);
    });

    it("holds the impurities that the truth says, each apart from the others", () => {
      const domestic = replay.events.filter(({ abroad }) => abroad === "CN");
      const foreign = replay.events.filter(({ home }) => home !== "CN" && home !== "");
      const resolver = replay.events.filter((row) => row["origin_ip"] === "8.8.8.8");
      const privateVictims = replay.events.filter((row) => row["victim_ip"]!.startsWith("10."));
      expect(truth.rows.traps).toEqual({
        domesticOrigins: distinct(domestic, "origin_ip"),
        domesticVictims: distinct(domestic, "victim_ip"),
        foreignVictims: distinct(foreign, "victim_ip"),
        allowlistedOriginRows: resolver.length,
        privateVictimRows: privateVictims.length,
      });
      expect(domestic.length + foreign.length + resolver.length + privateVictims.length).toBe(
        truth.rows.events - truth.rows.counted,
      );
    });

    it("has the sites, sectors and countries of entry that the truth says", () => {
      const { accesses, sites } = replay;
      const fromUs = accesses.filter(({ country }) => country === "US");
      const bySector = groupBy(sites, ({ sector }) => sector!).map(([sector, rows]) => [
        sector,
        rows.length,
      ]);
      const byCountry = groupBy(accesses, ({ country }) => country!).map(([country, rows]) => [
        country,
        distinct(rows, "host"),
      ]);
      expect(distinct(sites, "victim_ip")).toBe(249);
      expect(truth.sites).toEqual({
        total: distinct(accesses, "host"),
        us: distinct(fromUs, "host"),
        bySector: Object.fromEntries(bySector),
        byCountry: Object.fromEntries(byCountry),
        accesses: accesses.length,
        origins: distinct(accesses, "origin_ip"),
        usOrigins: distinct(fromUs, "origin_ip"),
      });
      expect(truth.sites).toMatchObject({ total: 249, us: 54 });
    });

    it("says in truth.json what it returns", () => {
      expect(JSON.parse(readFileSync(join(out, "truth.json"), "utf8"))).toEqual(truth);
    });
  },
);
