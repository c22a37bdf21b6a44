import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe, type Outcome } from "../testing/observe.ts";
import { makeMappedFormat } from "./index.ts";

const format = makeMappedFormat({
  name: "test",
  title: "test",
  types: [
    {
      name: "test",
      mapping: {
        version: "test.1",
        fields: {
          seenAt: "t",
          victim: "v",
          origin: { columns: ["o"], lenient: true },
          originPort: "p",
          family: "f",
        },
        kind: "infected-system",
        tlp: "green",
      },
      needs: ["t", "v", "o", "p", "f"],
      knows: [],
    },
  ],
});
const HEADER = "t,v,o,p,f,x,y\n";
const GOOD = "2013-01-01,192.0.2.1,,,,,";

function read(rows: string | Uint8Array, blockSize?: number): Outcome {
  return observe(
    format,
    "test.csv",
    Buffer.concat([Buffer.from(HEADER), Buffer.from(rows)]),
    blockSize,
  );
}

function refusalOf(row: string | Uint8Array): string | undefined {
  const { rows, refusals } = read(
    Buffer.concat([Buffer.from(`${GOOD}\n`), Buffer.from(row), Buffer.from(`\n${GOOD}\n`)]),
  );
  expect(rows.length + refusals.length).toBe(3);
  expect(rows.at(-1)).toMatchObject({ line: 4, victim: "192.0.2.1" });
  return refusals[0]?.reason;
}

describe("MappedReader", () => {
  it.each([
    ["columns-missing", "2013-01-01,192.0.2.1,,,,"],
    ["columns-extra", "2013-01-01,192.0.2.1,,,,,,"],
    ["quote-misplaced", '2013-01-01,192.0.2.1,,,"a"b,,'],
    ["quote-misplaced", '2013-01-01,192.0.2.1,,,"a,,'],
    ["quote-misplaced", '2013-01-01,192.0.2.1,,,"a"" ,,'],
    ["nul-byte", "2013-01-01,192.0.2.1,,,a\0b,,"],
    ["nul-byte", '2013-01-01,192.0.2.1,,,,,"\0"'],
    ["time-invalid", "2013-02-29,192.0.2.1,,,,,"],
    ["time-invalid", ",192.0.2.1,,,,,"],
    ["time-impossible", "1066-10-14,192.0.2.1,,,,,"],
    ["address-invalid", "2013-01-01,192.0.2.256,,,,,"],
    ["address-invalid", "2013-01-01,0.0.0.0,,,,,"],
    ["address-invalid", "2013-01-01,::,,,,,"],
    ["address-missing", "2013-01-01,,,,,,"],
    ["field-invalid", "2013-01-01,192.0.2.1,,65536,,,"],
    ["field-invalid", "2013-01-01,192.0.2.1,,-1,,,"],
  ])("refuses a row as %s and reads those around it: %j", (reason, row) => {
    expect(refusalOf(row)).toBe(reason);
  });

  it("refuses mapped text that is no UTF-8, and mends what is not mapped", () => {
    const latin = (row: string): Uint8Array => Buffer.from(row, "latin1");
    expect(refusalOf(latin("2013-01-01,192.0.2.1,,,caf\u00e9,,"))).toBe("encoding-invalid");
    expect(refusalOf(latin("2013-01-01,192.0.2.1,,,,caf\u00e9,"))).toBeUndefined();
    expect(read(latin("2013-01-01,192.0.2.1,,,,caf\u00e9,\n")).rows[0]).toMatchObject({
      extra: { x: "caf\ufffd" },
    });
  });

  it("refuses a row longer than 1 MiB", () => {
    expect(refusalOf(`2013-01-01,192.0.2.1,,,,${"x".repeat(1 << 20)},`)).toBe("line-too-long");
    expect(refusalOf(`2013-01-01,192.0.2.1,,,,${"x".repeat(1 << 19)},`)).toBeUndefined();
  });

  it("reads mixed line ends, blank lines and a last line without one", () => {
    const { rows, refusals, lines } = read(
      `${GOOD}\r\n\r\n${GOOD}\r${GOOD}\n\n"2013-01-01",192.0.2.1,,,,,""\r${GOOD}`,
    );
    expect(refusals).toEqual([]);
    expect(rows.map((row) => row["line"])).toEqual([2, 4, 5, 7, 8]);
    expect(lines).toBe(7);
  });

  it("reads line breaks in quoted cells and goes on counting physical lines", () => {
    const { rows, lines } = read(`2013-01-01,192.0.2.1,,,,"a\nb\r\nc\rd",\n${GOOD}\n`);
    expect(rows).toMatchObject([{ line: 2, extra: { x: "a\nb\r\nc\rd" } }, { line: 6 }]);
    expect(lines).toBe(5);
  });

  it("takes an unclosed quote for a mistake in its own line, whatever comes later", () => {
    const { rows, refusals } = read(
      `2013-01-01,192.0.2.1,,,"a,,\n${GOOD}\n2013-01-01,192.0.2.2,,,"b",,\n`,
    );
    expect(refusals).toEqual([{ line: 2, reason: "quote-misplaced" }]);
    expect(rows.map((row) => row["victim"])).toEqual(["192.0.2.1", "192.0.2.2"]);
  });

  it("does not look for the end of a quoted cell beyond 64 KiB", () => {
    const { rows, refusals } = read(
      `2013-01-01,192.0.2.1,,,"a,,\n${`${GOOD}\n`.repeat(3000)}x",,\n`,
    );
    expect(rows).toHaveLength(3000);
    expect(refusals.map(({ line }) => line)).toEqual([2, 3003]);
  });

  it("reads doubled quotes, quotes in unquoted cells, and blanks around numbers", () => {
    const row = '"2013-01-01 ", 192.0.2.1,,\t80,"a ""b"" c","""",d"e\\\n';
    expect(read(row).rows).toMatchObject([
      { victim: "192.0.2.1", originPort: 80, family: 'a "b" c', extra: { x: '"', y: 'd"e\\' } },
    ]);
  });

  it("keeps what a lenient column holds and cannot be read", () => {
    const [row] = read("2013-01-01,192.0.2.1,0.0.0.0,,,x,\n").rows;
    expect(row).toMatchObject({ victim: "192.0.2.1", extra: { o: "0.0.0.0", x: "x" } });
    expect(row).not.toHaveProperty("origin");
  });

  it("gives each row its own extra, also when rows repeat over many blocks", () => {
    const texts = Array.from({ length: 40_000 }, (_, i) => `${i % 3 === 0 ? i : i % 7}`);
    const rows = texts.map((x) => `2013-01-01,192.0.2.1,,,,${x},same\n`).join("");
    const found = read(rows, 20_000).rows.map((row) => (row["extra"] as { x: string }).x);
    expect(found).toEqual(texts);
  });

  const plain = fc.string({ unit: fc.constantFrom(..."a1.:-, \t\0é\u{1f600}"), maxLength: 30 });
  const cell = fc.oneof(
    plain.map((text) => text.replaceAll(",", "")),
    plain.map((text) => `"${text}""${text}"`),
    fc.constantFrom("2013-01-01 10:00:00", "192.0.2.7", "2001:db8::1", '"80"', "", '""', '"a"b'),
  );
  const line = fc.oneof(
    plain,
    fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(",")),
    fc.tuple(cell, cell).map(([x, y]) => `2013-01-01,192.0.2.9,,,,${x},${y}`),
  );

  it("answers for every line exactly once, however the file is cut into blocks", () => {
    fc.assert(
      fc.property(
        fc.array(line),
        fc.nat(300),
        fc.constantFrom("\n", "\r\n"),
        (lines, blockSize, end) => {
          const file = lines.map((text) => text + end).join("");
          const whole = read(file);
          const answered = [...whole.rows, ...whole.refusals].map((one) => Number(one.line) - 2);
          expect(answered.toSorted((a, b) => a - b)).toEqual(
            [...lines.keys()].filter((at) => lines[at] !== ""),
          );
          expect(whole.lines).toBe(lines.length);
          const cut = read(file, blockSize);
          expect(cut).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws and never answers twice, for any bytes", () => {
    const byte = fc.oneof(
      fc.constantFrom(10, 13, 34, 44, 0, 255),
      fc.integer({ min: 0, max: 255 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString("latin1");
        const ends = text.match(/\r\n|\r|\n/g)?.length ?? 0;
        const { rows, refusals, lines } = read(Uint8Array.from(bytes));
        const answered = [...rows, ...refusals].map((one) => Number(one.line));
        expect(new Set(answered).size).toBe(answered.length);
        expect(lines).toBe(ends + (/[^\r\n]$/.test(text) ? 1 : 0));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a mapping", () => {
  const special = makeMappedFormat({
    name: "special",
    title: "special",
    types: [
      {
        name: "special",
        mapping: {
          version: "special.1",
          fields: {
            seenAt: "t",
            victimHost: { columns: ["mail"], keep: true },
            originHost: "name",
          },
          kind: "data-leak",
          tlp: "green",
          protocol: "udp",
          mayLackLastCell: true,
        },
        needs: ["t"],
        knows: [],
      },
    ],
  });
  const rowOf = (row: string): unknown => {
    const outcome = observe(special, "x.csv", Buffer.from(`t,mail,name,x,y\n${row}\n`));
    return outcome.rows[0] ?? outcome.refusals[0]?.reason;
  };

  it("may take a part of a cell and keep the whole in extra, and set the protocol of all rows", () => {
    expect(rowOf("2013-01-01,A@Example.org,,,")).toMatchObject({
      victimHost: "example.org",
      protocol: 17,
      extra: { mail: "A@Example.org" },
    });
  });

  it("may name an origin without an address", () => {
    expect(rowOf("2013-01-01,,c2.example.net,,")).toMatchObject({ originHost: "c2.example.net" });
    expect(rowOf("2013-01-01,,,,")).toBe("address-missing");
  });

  it("may let a row lack its last cell, if the one before is no field's", () => {
    expect(rowOf("2013-01-01,,c2.example.net,1")).toMatchObject({ extra: { x: "1" } });
    expect(rowOf("2013-01-01,,c2.example.net")).toBe("columns-missing");
  });

  it("does not hinder a row whose quotes are escaped by a backslash", () => {
    expect(rowOf('2013-01-01,,"c2.example.net","a \\"b\\" c\\"\\"","d"')).toMatchObject({
      extra: { x: 'a "b" c""', y: "d" },
    });
    expect(rowOf('2013-01-01,,"c2.example.net","a\\","d"')).toMatchObject({
      extra: { x: "a\\", y: "d" },
    });
    expect(rowOf('2013-01-01,,"c2.example.net","a \\"b" c","d"')).toBe("quote-misplaced");
  });
});
