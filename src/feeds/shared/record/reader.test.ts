import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../../../app/ports.ts";
import {
  ObservationBuilder,
  type ObservationColumns,
  plainObservations,
  rawText,
} from "../../../core/observation/index.ts";
import type { RecordMapping } from "./mapping.ts";
import { RecordReader } from "./reader.ts";
import { type Interpret, StatementTaker } from "./statements.ts";

const mapping: RecordMapping = {
  fields: {
    seenAt: "time",
    victim: ["ip", "a.ip"],
    victimPort: { members: ["port"], lenient: true },
    family: { members: ["name"], lenient: true },
    url: "url",
    count: { members: ["count"], lenient: true },
  },
  urlOf: "victim",
  dropped: ["gone"],
};
const interpret: Interpret = (record) =>
  record.text("skip") === "yes" ? [] : [{ kind: "infected-system", mapping }];
const reading: Reading = {
  format: "test",
  type: "test",
  mapping: "test.1",
  columns: [],
  skip: { bytes: 0, lines: 0 },
  tlp: "amber",
  notes: [],
};

function read(file: string | Uint8Array, whole = false): ObservationColumns {
  const nowhere = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };
  const builder = new ObservationBuilder(
    {
      locator: nowhere,
      describeHost: () => ({ sector: "", country: 0 }),
      latest: Date.UTC(2100, 0, 1),
    },
    16,
  );
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const lines = new RecordReader(
    new StatementTaker(interpret, reading.tlp),
    { whole },
    "ones",
  ).read(bytes, 1, builder);
  return builder.finish(lines);
}

const answers = (columns: ObservationColumns): unknown => ({
  rows: plainObservations(columns).map(({ line, victim }) => [line, victim]),
  refused: columns.refusals.reasons.map((reason, i) => [columns.refusals.lines[i], reason]),
});
const good = (last: number): string => `{"time":"2024-03-01T00:00:00Z","ip":"192.0.2.${last}"}`;

describe("RecordReader, a record a line", () => {
  it("takes lists on a line, list brackets and commas around lines, comments and blank lines", () => {
    const text = `[\n${good(1)},\r\n\n# remark\n[${good(2)}, ${good(3)}]\n${good(4)}]\n]\n`;
    expect(answers(read(text))).toEqual({
      rows: [
        [2, "192.0.2.1"],
        [5, "192.0.2.2"],
        [5, "192.0.2.3"],
        [6, "192.0.2.4"],
      ],
      refused: [],
    });
  });

  it.each([
    ["syntax-invalid", '{"time":"2024-03-01T00:00:00Z","ip":"192.0.2.9"'],
    ["syntax-invalid", "17"],
    ["syntax-invalid", "no record at all"],
    ["time-invalid", '{"time":"yesterday","ip":"192.0.2.9"}'],
    ["time-invalid", '{"ip":"192.0.2.9"}'],
    ["time-impossible", '{"time":"1971-01-01T00:00:00Z","ip":"192.0.2.9"}'],
    ["address-invalid", '{"time":"2024-03-01T00:00:00Z","ip":"192.0.2.0/24"}'],
    ["field-invalid", '{"time":"2024-03-01T00:00:00Z","ip":["192.0.2.1","192.0.2.2"]}'],
    ["address-missing", '{"time":"2024-03-01T00:00:00Z","ip":null}'],
    ["nul-byte", `{"time":"2024-03-01T00:00:00Z","ip":"192.0.2.9"}\u0000`],
    ["line-too-long", `{"time":"${"x".repeat(1 << 20)}"}`],
  ])("refuses a row as %s, and takes the rows around it", (reason, bad) => {
    expect(answers(read(`${good(1)}\n${bad}\n${good(2)}\n`))).toEqual({
      rows: [
        [1, "192.0.2.1"],
        [3, "192.0.2.2"],
      ],
      refused: [[2, reason]],
    });
  });

  it("refuses text that is no UTF-8, though the JSON is whole", () => {
    const bad = Buffer.from(
      `{"time":"2024-03-01T00:00:00Z","ip":"192.0.2.9","x":"\u00e9"}`,
      "latin1",
    );
    const file = Buffer.concat([Buffer.from(`${good(1)}\n`), bad, Buffer.from(`\n${good(2)}`)]);
    expect(answers(read(file))).toMatchObject({ refused: [[2, "encoding-invalid"]] });
  });

  it("keeps the members that no field takes, as texts, and none that is dropped or empty", () => {
    const record = {
      time: 1_709_251_200,
      a: { ip: "192.0.2.1/32", deep: { list: [1, 'b"\\c'], one: ["x"] } },
      port: "no port",
      count: 3,
      flag: true,
      gone: 1,
      none: null,
      blank: " ",
      empty: [],
      'na"me\n': "line\nend",
    };
    const [row] = plainObservations(read(JSON.stringify(record)));
    expect(row).toMatchObject({ seenAt: "2024-03-01T00:00:00Z", victim: "192.0.2.1", count: 3 });
    expect(JSON.parse(row!.extra)).toEqual({
      "a.deep.list": '[1,"b\\"\\\\c"]',
      "a.deep.one": "x",
      port: "no port",
      flag: "true",
      'na"me\n': "line\nend",
    });
  });

  it("takes the last of two members with one name, as JSON does", () => {
    const [row] = plainObservations(read(good(1).replace("}", ',"ip":"192.0.2.2"}')));
    expect(row!.victim).toBe("192.0.2.2");
  });

  it("takes the host of a URL where no member names it", () => {
    const hosts = [
      "http://u:p@WWW.Example.org:80/a",
      "www.example.org/x",
      "https://[2001:db8::1]/",
      "/a/b",
    ];
    const rows = hosts.map((url) => JSON.stringify({ time: "2024-03-01", url }));
    expect(
      plainObservations(read(rows.join("\n"))).map(({ victim, victimHost }) => [
        victim,
        victimHost,
      ]),
    ).toEqual([
      ["", "www.example.org"],
      ["", "www.example.org"],
      ["2001:db8::1", ""],
    ]);
  });
});

describe("RecordReader, a document", () => {
  const element = (last: number): string =>
    JSON.stringify(JSON.parse(good(last)), null, 2).replaceAll("\n", "\n  ");

  it.each([
    ["a brace that is missing", (text: string) => text.replace(/\s*\}$/, "")],
    ["a quote that is missing", (text: string) => text.replace('00Z"', "00Z")],
    ["a comma that is missing", (text: string) => text.replace('Z",', 'Z"')],
    ["a brace too much", (text: string) => text.replace("{", "{{")],
  ])("loses one element to %s", (_, damage) => {
    const elements = [element(1), damage(element(2)), element(3), element(4), element(5)];
    const text = `[\n  ${elements.join(",\n  ")}\n]\n`;
    const columns = read(text, true);
    expect(plainObservations(columns).map(({ victim }) => victim)).toEqual([
      "192.0.2.1",
      "192.0.2.3",
      "192.0.2.4",
      "192.0.2.5",
    ]);
    expect(columns.refusals).toMatchObject({ count: 1, reasons: ["syntax-invalid"] });
    expect(columns.refusals.lines[0]).toBe(6);
    expect(rawText(columns.refusals, 0)).toContain("192.0.2.2");
  });

  it("takes a bare element, as the quarantine gives it back, and elements that are no objects", () => {
    expect(answers(read(`${element(1)}\n`, true))).toMatchObject({ rows: [[1, "192.0.2.1"]] });
    expect(answers(read(`[1, "a]b", ${good(2)}]`, true))).toEqual({
      rows: [[1, "192.0.2.2"]],
      refused: [
        [1, "syntax-invalid"],
        [1, "syntax-invalid"],
      ],
    });
  });
});

describe("RecordReader, whatever comes", () => {
  const values = fc.jsonValue({ maxDepth: 4 });
  const members = fc.dictionary(
    fc.oneof(fc.constantFrom("time", "ip", "a", "url", "name", "count", "__proto__"), fc.string()),
    fc.oneof(values, fc.constantFrom("2024-03-01T00:00:00Z", "192.0.2.1"), fc.ipV6()),
  );

  it("answers every record exactly once, and counts the lines", () => {
    fc.assert(
      fc.property(fc.array(members, { maxLength: 8 }), fc.boolean(), (records, pretty) => {
        const lines = records.map((record) => JSON.stringify(record)).join("\n");
        const text = pretty ? JSON.stringify(records, null, 2) : lines;
        const columns = read(text, pretty);
        expect(columns.rows + columns.refusals.count).toBe(records.length);
        for (const { extra } of plainObservations(columns))
          if (extra !== "")
            for (const value of Object.values(JSON.parse(extra) as object))
              expect(typeof value).toBe("string");
      }),
      { numRuns: 400 },
    );
  });

  it("never throws, and never answers twice for a line, for any bytes", () => {
    const pieces = fc.constantFrom(
      ...'{}[],:"\\ \n\r\t',
      '"ip"',
      '"192.0.2.1"',
      "1e5",
      "null",
      "\\u00",
      '{"a":',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 80 }).map((some) => Buffer.from(some.join(""))),
    );
    fc.assert(
      fc.property(bytes, (file) => {
        const lines = Buffer.from(file).toString("latin1").split("\n").length;
        const columns = read(file);
        expect(columns.lines).toBe(file.at(-1) === 10 || file.length === 0 ? lines - 1 : lines);
        if (!file.includes(91))
          expect(columns.rows + columns.refusals.count).toBeLessThanOrEqual(lines);
        read(file, true);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a record by its bytes as JSON.parse reads it", () => {
    fc.assert(
      fc.property(members, fc.boolean(), (record, spaced) => {
        const time = { time: "2024-03-01T00:00:00Z", ip: "192.0.2.1" };
        const text = JSON.stringify({ ...record, ...time }, null, spaced ? 1 : 0).replaceAll(
          "\n",
          " ",
        );
        // The same, told twice: such a record is parsed the plain way.
        const twice = text.replace(/\}$/, ',"ip":"192.0.2.1"}');
        const [one, two] = [read(text), read(twice)].map((columns) =>
          plainObservations(columns).map(({ extra, ...rest }) => ({
            ...rest,
            extra: extra === "" ? {} : (JSON.parse(extra) as unknown),
          })),
        );
        expect(one).toEqual(two);
      }),
      { numRuns: 500 },
    );
  });
});
