import { decodeEntities, textOf } from "./entities.ts";

/** A row of a table: its cells as texts. */
export interface TableRow {
  readonly cells: readonly string[];
  /** Which line of the page it begins on, from 0. */
  readonly line: number;
  /** All its cells are headings, or it stands in the head of the table. */
  readonly heading: boolean;
}

/** The rows of one table. */
export type Table = readonly TableRow[];

/** Whether the text begins as HTML or XML. */
export function isPage(text: string): boolean {
  return /^\s*<(!doctype|\?xml|!--|[a-z])/i.test(text);
}

/** The tables of a page, and the items of an RSS channel as a table whose headings are the names of their members. */
export function tablesIn(page: string): Table[] {
  // Of the same length, so that lines stay where they are.
  const text = page.replaceAll(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, (part) =>
    part.replaceAll(/[^\n]/g, " "),
  );
  return /<(rss|rdf:RDF|channel)\b/i.test(text.slice(0, 2000)) ? itemsIn(text) : htmlTables(text);
}

interface OpenTable {
  readonly rows: TableRow[];
  head: boolean;
  row: OpenRow | undefined;
}

interface OpenRow {
  readonly cells: string[];
  readonly line: number;
  headings: number;
  /** Where the text of the open cell begins; -1 if none is open. */
  from: number;
}

const mark = /<(\/?)(table|thead|tbody|tfoot|tr|td|th)\b([^>]*)>|\n/gi;

/** Ends that are left out are taken as there: cells end at the next, rows too. A table within a cell is one of its own. */
function htmlTables(text: string): Table[] {
  const tables: Table[] = [];
  const open: OpenTable[] = [];
  let line = 0;
  for (const { 0: whole, 1: end, 2: name = "", 3: attributes = "", index } of text.matchAll(mark)) {
    if (whole === "\n") {
      line++;
      continue;
    }
    const tag = `${end}${name.toLowerCase()}`;
    if (tag === "table") open.push({ rows: [], head: false, row: undefined });
    const table = open.at(-1);
    if (!table) continue;
    if (tag === "td" || tag === "th") {
      closeCell(table, text, index);
      table.row ??= { cells: [], line, headings: 0, from: -1 };
      if (tag === "th") table.row.headings++;
      for (let more = columnsOf(attributes); more > 1; more--) table.row.cells.push("");
      table.row.from = index + whole.length;
    } else if (tag === "/td" || tag === "/th") closeCell(table, text, index);
    else {
      closeRow(table, text, index);
      if (tag === "tr") table.row = { cells: [], line, headings: 0, from: -1 };
      if (tag === "thead") table.head = true;
      if (tag === "/thead" || tag === "tbody") table.head = false;
      if (tag === "/table") tables.push(open.pop()!.rows);
    }
  }
  for (const table of open.reverse()) {
    closeRow(table, text, text.length);
    tables.push(table.rows);
  }
  return tables.filter((rows) => rows.length > 0);
}

function columnsOf(attributes: string): number {
  const span = Number(/colspan\s*=\s*["']?(\d{1,3})/i.exec(attributes)?.[1] ?? 1);
  return Math.min(span, 100);
}

function closeCell({ row }: OpenTable, text: string, at: number): void {
  if (!row || row.from < 0) return;
  row.cells.push(textOf(text.slice(row.from, at)));
  row.from = -1;
}

function closeRow(table: OpenTable, text: string, at: number): void {
  closeCell(table, text, at);
  const { row } = table;
  table.row = undefined;
  if (!row || row.cells.length === 0) return;
  const { cells, line, headings } = row;
  table.rows.push({ cells, line, heading: table.head || headings === cells.length });
}

const item = /<item\b[^>]*>([\s\S]*?)(?:<\/item\s*>|(?=<item\b)|$)/gi;
const member = /<([a-z][\w:.-]*)\b[^>]*?(?:\/>|>([\s\S]*?)<\/\1\s*>)/gi;

function itemsIn(text: string): Table[] {
  const items = [...text.matchAll(item)].map(({ 1: inner = "", index }) => ({
    line: index,
    members: new Map(
      [...inner.matchAll(member)].map(({ 1: name = "", 2: value = "" }) => [
        name,
        memberText(value),
      ]),
    ),
  }));
  const names = [...new Set(items.flatMap(({ members }) => [...members.keys()]))];
  if (names.length === 0) return [];
  let [line, at] = [0, 0];
  const rows = items.map(({ line: index, members }) => {
    for (; at < index; at++) if (text.charCodeAt(at) === 10) line++;
    return { cells: names.map((name) => members.get(name) ?? ""), line, heading: false };
  });
  return [[{ cells: names, line: 0, heading: true }, ...rows]];
}

/** What stands in CDATA stands there as it is; it is often HTML. */
function memberText(value: string): string {
  const [, raw] = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(value) ?? [];
  return textOf(raw ?? decodeEntities(value));
}
