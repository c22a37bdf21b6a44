import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ListType, makeListFormat } from "../list/index.ts";
import { observe } from "../testing/observe.ts";
import { withPages } from "./index.ts";
import { tablesIn } from "./tables.ts";

const type: ListType = {
  name: "list",
  text: { delimiter: ";", needs: ["seen", "address"], header: "row" },
  mapping: {
    version: "list.1",
    fields: { time: "seen", address: "address", family: "what" },
    kind: "c2-server",
    subject: "origin",
    tlp: "clear",
  },
};
const numbered: ListType = {
  name: "numbered",
  text: { numbered: true, needs: ["#3"] },
  mapping: { ...type.mapping, fields: { time: "#1", address: "#2", family: "#3" } },
};
const page = (body: string): Buffer => Buffer.from(`<html><body>${body}</body></html>`);
const read = (of: ListType, body: string) =>
  observe(withPages(makeListFormat({ name: "l", title: "", types: [of] })), "l.html", page(body));
const cells = (tag: string, ...texts: string[]): string =>
  `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join("")}</tr>\n`;

describe("a table in a page", () => {
  const rows =
    cells("td", "2024-01-01", "192.0.2.1", "A;B &#x26; &quot;C&quot;") +
    cells("td", "2024-01-01", "192.0.2.256", "bad") +
    cells("TD class='x'", " 2024-01-02&nbsp;", "<a href='/x'>2001:db8::1</a>", "<b>D</b>\n E");

  it("is found among others by its headings, and its rows are the rows", () => {
    const other = `<table>${cells("td", "Home", "News", "x")}</table>`;
    const table = `<table>${cells("th", "Seen", "Address", "What")}${rows}</table>`;
    const { rows: taken, refusals, reading } = read(type, `${other}\n${table}${table}`);
    expect(taken.slice(0, 2)).toMatchObject([
      { line: 4, origin: "192.0.2.1", family: 'A;B & "C"' },
      { line: 6, origin: "2001:db8::1", family: "D E" },
    ]);
    expect(taken).toHaveLength(4);
    expect(refusals.map(({ reason }) => reason)).toEqual(["address-invalid", "address-invalid"]);
    expect(reading).toMatchObject({ whole: true, table: ";" });
  });

  it("without names is read by the numbers of its columns, without its headings", () => {
    const { rows: taken } = read(numbered, `<table>${cells("th", "a", "b", "c")}${rows}</table>`);
    expect(taken).toMatchObject([{ origin: "192.0.2.1" }, { origin: "2001:db8::1" }]);
  });

  it("has its lines of CSV read again", () => {
    const format = withPages(makeListFormat({ name: "l", title: "", types: [type] }));
    const table = page(`<table>${cells("th", "seen", "address")}</table>`);
    const reading = format.recognise({ name: "l", head: table })!;
    expect(reading.columns).toEqual(["seen", "address"]);
    const again = { ...format, recognise: () => reading };
    const { rows: taken } = observe(again, "l", Buffer.from("2024-01-01;192.0.2.7\n"));
    expect(taken).toMatchObject([{ origin: "192.0.2.7" }]);
  });

  it("may lack ends, and have tables in its cells and cells over several columns", () => {
    const table = "<table><tr><td colspan=2>a<td>b<table><tr><td>c</table><tr><td>d</td>";
    expect(tablesIn(table).map((one) => one.map((row) => row.cells))).toEqual([
      [["c"]],
      [["", "a", "b c"], ["d"]],
    ]);
  });

  it("never throws, whatever the page", () => {
    const piece = fc.constantFrom("<table>", "</table>", "<tr>", "</tr>", "<td>", "<th", "<!--");
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const text = `<html>${pieces.join("")}`;
        for (const table of tablesIn(text)) expect(table.length).toBeGreaterThan(0);
      }),
    );
  });
});
