import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe } from "../testing/observe.ts";
import { makeListFormat } from "./index.ts";
import { jsonSpans } from "./json-spans.ts";

const format = makeListFormat({
  name: "list",
  title: "a list",
  types: [
    {
      name: "list",
      json: { needs: ["ip"] },
      mapping: {
        version: "list.1",
        fields: { time: "time", address: "ip" },
        kind: "scanner",
        subject: "origin",
        tlp: "clear",
      },
    },
  ],
});
const read = (text: string) => observe(format, "list.json", Buffer.from(text));
const row = (ip: string): string => JSON.stringify({ ip, time: 1_709_100_000, note: 'a "{" b' });

describe("the reader of JSON lists", () => {
  it("reads an array, objects on lines and objects over several lines alike", () => {
    const rows = [row("192.0.2.1"), row("192.0.2.2")];
    const pretty = rows.map((one) => JSON.stringify(JSON.parse(one), null, 2)).join("\n");
    const all = [`[${rows.join(",\n")}]`, rows.join("\n"), pretty].map((text) =>
      read(text).rows.map((one) => one["origin"]),
    );
    expect(all).toEqual(Array.from({ length: 3 }, () => ["192.0.2.1", "192.0.2.2"]));
  });

  it("tells the line on which an object begins, and goes on behind a broken one", () => {
    const { rows, refusals } = read(
      `\n[\n${row("192.0.2.1")},\n{"ip": nothing},\n7,\n${row("192.0.2.3")}]\n`,
    );
    expect(rows.map((one) => one["line"])).toEqual([3, 6]);
    expect(refusals).toEqual([
      { line: 4, reason: "syntax-invalid" },
      { line: 5, reason: "syntax-invalid" },
    ]);
  });

  it("finds spans that end, whatever the bytes", () => {
    const char = fc.constantFrom(...'[]{},:"\\ \n1a');
    fc.assert(
      fc.property(fc.string({ unit: char }), (text) => {
        let end = 0;
        for (const { from, to } of jsonSpans(Buffer.from(text))) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
      }),
    );
  });
});
