import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ObservationBuilder } from "../../../core/observation/index.ts";
import { observe } from "../testing/observe.ts";
import { makeListFormat } from "./index.ts";

const format = makeListFormat({
  name: "list",
  title: "a list",
  types: [
    {
      name: "list",
      text: { needs: ["time", "ip"] },
      mapping: {
        version: "list.1",
        fields: { time: "time", address: "ip", url: "url", eventId: "note" },
        kind: "scanner",
        subject: "origin",
        tlp: "clear",
      },
    },
  ],
});
const header = "Time,IP,url,note\n";
const read = (text: string, blockSize?: number) =>
  observe(format, "list.csv", Buffer.from(header + text), blockSize);

describe("the reader of text lists", () => {
  it("goes over line breaks in quotes, and counts their lines", () => {
    const { rows, lines } = read(
      '2024-02-01,192.0.2.1,,"two\nlines"\n# a comment\n\n2024-02-01, "192.0.2.2" ,,x\n',
    );
    expect(rows.map((row) => [row["line"], row["origin"], row["eventId"]])).toEqual([
      [2, "192.0.2.1", "two\nlines"],
      [6, "192.0.2.2", "x"],
    ]);
    expect(lines).toBe(5);
  });

  it("refuses a row for its own faults only", () => {
    const rows = [
      '2024-02-01,192.0.2.1,,"never closed',
      "2024-02-01,192.0.2.2,,",
      "2024-02-01,192.0.2.3",
      "2024-02-01,192.0.2.4,,,,",
      "2024-02-01,192.0.2.5,\0,",
      "1970-01-01,192.0.2.6,,",
      "2024-02-01,,,",
      "2024-02-01,192.0.2.7,,",
    ];
    const { rows: taken, refusals } = read(rows.join("\r\n"));
    expect(taken.map((row) => row["origin"])).toEqual(["192.0.2.2", "192.0.2.7"]);
    expect(refusals).toEqual([
      { line: 2, reason: "quote-misplaced" },
      { line: 4, reason: "columns-missing" },
      { line: 5, reason: "columns-extra" },
      { line: 6, reason: "nul-byte" },
      { line: 7, reason: "time-impossible" },
      { line: 8, reason: "address-missing" },
    ]);
  });

  it("is not slow where no quote is ever closed", () => {
    const text = '2024-02-01,192.0.2.1,,"open\n'.repeat(20_000);
    expect(read(text).refusals).toHaveLength(20_000);
  });

  it("never throws, and answers every line of one line once", () => {
    const reading = format.recognise({ name: "list.csv", head: Buffer.from(header) })!;
    const piece = fc.constantFrom(...'",0:.- #;ab\r\t\0é', "2024-02-01", "192.0.2.1", "http://");
    const line = fc.array(piece, { minLength: 1 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(line, (text) => {
        const builder = new ObservationBuilder(
          {
            locator: {
              place4: () => 0,
              place6: () => 0,
              countries: [0],
              asns: [0],
              marks: [0],
            },
            describeHost: () => ({ sector: "", country: 0 }),
            latest: Date.UTC(2100, 0, 1),
          },
          16,
        );
        expect(format.open(reading).read(Buffer.from(`${text}\n`), 2, builder)).toBe(1);
        const said = text.trimStart() !== "" && !text.trimStart().startsWith("#");
        expect(builder.answered).toBe(said ? 1 : 0);
      }),
    );
  });
});
