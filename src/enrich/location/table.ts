/** Where a column lies in the body of a table: offset in bytes, length in entries. */
export interface Section {
  readonly offset: number;
  readonly length: number;
}

/** The columns of a table: `four...` for IPv4, `six...` for IPv6; country, AS number and mark by place. */
export const SECTIONS = [
  "fourStarts",
  "fourPlaces",
  "fourIndex",
  "sixStarts0",
  "sixStarts1",
  "sixStarts2",
  "sixStarts3",
  "sixPlaces",
  "sixIndex",
  "asns",
  "countries",
  "marks",
] as const;

/** The name of a column. */
export type SectionName = (typeof SECTIONS)[number];

/** The columns before they are laid out in one body. */
export type TableColumns = Record<
  Exclude<SectionName, "countries" | "marks">,
  Uint32Array<ArrayBufferLike>
> & {
  countries: Uint16Array<ArrayBufferLike>;
  marks: Uint8Array<ArrayBufferLike>;
};

/**
 * The address space, cut into disjoint ranges, each with its place; for `openLocator`. One block of memory that all
 * threads of the process see, so that sending it to a worker copies nothing.
 */
export interface PackedTable {
  readonly body: SharedArrayBuffer;
  readonly sections: Readonly<Record<SectionName, Section>>;
}

const bytesPerEntry = (name: SectionName): number =>
  name === "countries" ? 2 : name === "marks" ? 1 : 4;

/** Copies the columns into one block of shared memory. */
export function layTable(columns: TableColumns): PackedTable {
  const sections = {} as Record<SectionName, Section>;
  let offset = 0;
  for (const name of SECTIONS) {
    sections[name] = { offset, length: columns[name].length };
    offset += Math.ceil((columns[name].length * bytesPerEntry(name)) / 8) * 8;
  }
  const body = new SharedArrayBuffer(offset);
  const table = { body, sections };
  const laid = viewTable(table);
  for (const name of SECTIONS) laid[name].set(columns[name]);
  return table;
}

/** The columns of a table, as views of its body. */
export function viewTable({ body, sections }: PackedTable): TableColumns {
  const words = (name: SectionName): Uint32Array<ArrayBufferLike> =>
    new Uint32Array(body, sections[name].offset, sections[name].length);
  return {
    fourStarts: words("fourStarts"),
    fourPlaces: words("fourPlaces"),
    fourIndex: words("fourIndex"),
    sixStarts0: words("sixStarts0"),
    sixStarts1: words("sixStarts1"),
    sixStarts2: words("sixStarts2"),
    sixStarts3: words("sixStarts3"),
    sixPlaces: words("sixPlaces"),
    sixIndex: words("sixIndex"),
    asns: words("asns"),
    countries: new Uint16Array(body, sections.countries.offset, sections.countries.length),
    marks: new Uint8Array(body, sections.marks.offset, sections.marks.length),
  };
}
