import type { AddressWords, DescribeHost, Locator } from "../network/index.ts";
import { countsSites, kindOfCode } from "../taxonomy/index.ts";
import { markCodes, type ObservationColumns, sideBits } from "./columns.ts";
import { emptyFacet, FacetTable } from "./facet-table.ts";
import { writeIdentity } from "./identity.ts";
import type { RefusalReason } from "./refusal.ts";
import { type ElementFacts, RefusalList } from "./refusals.ts";
import { layColumns, rowArrays } from "./row-arrays.ts";
import { emptyRow, type RowFields, type TextRef } from "./row.ts";
import { addSkip, emptySkips, type SkipReason } from "./skip.ts";
import { decodeText, utf8Bytes } from "./text-code.ts";
import { TextTable } from "./text-table.ts";

const MS_A_DAY = 86_400_000;

/** What a builder asks while it adds rows. */
export interface BuilderOptions {
  locator: Locator;
  describeHost: DescribeHost;
  /** Event times before this (ms) are impossible. Default 1995-01-01: there were no CSIRT feeds before. */
  earliest?: number;
  /** Event times at or after this (ms) are impossible: the caller's now plus the clock error that it allows. */
  latest: number;
}

/**
 * Turns rows into columns. A feed fills {@link row} and calls {@link add}, or calls {@link refuse} or {@link skip}; when the
 * block is read, {@link finish} gives the columns. `add` locates both sides, finds the sector of the host, and computes the identity key
 * and the facet, all in one pass.
 */
export class ObservationBuilder {
  /** The row being read; `add` resets it. */
  readonly row: RowFields = emptyRow();
  /** Of the element that is being read. */
  readonly element: ElementFacts = { nth: 0, instead: undefined };
  readonly #refusals = new RefusalList();
  readonly #options: BuilderOptions;
  readonly #texts: TextTable;
  readonly #facets = new FacetTable();
  readonly #facet = emptyFacet();
  /** What is known of hosts, by the low word of their code. */
  readonly #hostFacts = new Map<number, HostEntry>();
  readonly #columns: ObservationColumns;
  #capacity: number;
  /** Whether a text of the row has the code of another text. */
  #clashed = false;

  /** `slab`: the buffer of columns that are no longer needed, to be used again. */
  constructor(options: BuilderOptions, expectedRows = 4096, slab?: ArrayBuffer) {
    this.#options = options;
    this.#capacity = Math.max(16, expectedRows);
    this.#texts = new TextTable(this.#capacity);
    const arrays = layColumns(this.#capacity, slab);
    this.#capacity = arrays.count.length;
    this.#columns = {
      ...arrays,
      rows: 0,
      facets: this.#facets.facets,
      texts: this.#texts.texts,
      refusals: this.#refusals.refusals,
      skips: emptySkips(),
      lines: 0,
    };
  }

  /** Encodes bytes as the text of a field of {@link row}. */
  text(bytes: Uint8Array, from: number, to: number, ref: TextRef): void {
    this.#texts.encode(bytes, from, to, ref);
    if (this.#texts.clashed) this.#clashed = true;
  }

  /** Takes a text that was encoded before, for another block too: `ref` is its code. */
  knownText(bytes: Uint8Array, from: number, to: number, ref: TextRef): void {
    this.#texts.keep(bytes, from, to, ref);
  }

  /** How many rows, refusals and skipped elements there are so far. */
  get answered(): number {
    const { rows, refusals, skips } = this.#columns;
    return rows + refusals.count + skips.count;
  }

  /**
   * Takes the row, or refuses it if it has no address and no host, or an impossible time. `raw` is its bytes. A listing may
   * name the origin's host alone.
   */
  add(raw: Uint8Array, from: number, to: number): void {
    const row = this.row;
    const earliest = this.#options.earliest ?? 788_918_400_000;
    if (!(row.seenAt >= earliest && row.seenAt < this.#options.latest))
      return this.refuse("time-impossible", row.line, raw, from, to);
    if (this.#clashed) return this.refuse("text-collision", row.line, raw, from, to);
    const hosted = (row.victimHost.lo | row.victimHost.hi) !== 0;
    const named = hosted || (row.originHost.lo | row.originHost.hi) !== 0;
    if (row.victim.version === 0 && row.origin.version === 0 && !named)
      return this.refuse("address-missing", row.line, raw, from, to);
    if (this.#columns.rows === this.#capacity) this.#grow();
    this.#write(hosted);
    this.#columns.rows++;
    this.reset();
  }

  /** Refuses the row that stands in `raw` `[from, to)`. */
  refuse(reason: RefusalReason, line: number, raw: Uint8Array, from: number, to: number): void {
    this.#refusals.add(reason, line, raw, [from, to], this.element);
    this.reset();
  }

  /** Counts an element that is neither an observation nor a mistake. */
  skip(reason: SkipReason, line: number): void {
    addSkip(this.#columns.skips, reason, line);
    this.reset();
  }

  /** Empties {@link row}. `line`, `kind`, `tlp` and `confidence` stay: most feeds set them once. */
  reset(): void {
    const row = this.row;
    row.seenAt = row.seenUntil = 0;
    row.victim.version = row.origin.version = 0;
    row.victimPort = row.originPort = row.protocol = 0;
    row.count = 1;
    this.#clashed = false;
    clearText(row.family);
    clearText(row.victimHost);
    clearText(row.originHost);
    clearText(row.url);
    clearText(row.eventId);
    clearText(row.extra);
    clearText(row.victimExtra);
  }

  /** The columns; the builder must not be used after. */
  finish(lines: number): ObservationColumns {
    this.#columns.lines = lines;
    this.#columns.facets = this.#facets.facets;
    this.#columns.texts = this.#texts.texts;
    return this.#columns;
  }

  #write(hosted: boolean): void {
    const row = this.row;
    const c = this.#columns;
    const at = c.rows;
    const two = 2 * at;
    c.line[at] = row.line;
    put64(c.seenAt, two, row.seenAt);
    put64(c.seenUntil, two, row.seenUntil);
    c.day[at] = Math.floor(row.seenAt / MS_A_DAY);
    c.victimPort[at] = row.victimPort;
    c.originPort[at] = row.originPort;
    c.count[at] = row.count;
    putText(c.victimHost, two, row.victimHost);
    putText(c.originHost, two, row.originHost);
    putText(c.url, two, row.url);
    putText(c.eventId, two, row.eventId);
    putText(c.extra, two, row.extra);
    putText(c.victimExtra, two, row.victimExtra);
    this.#writeSides(at, hosted);
    writeIdentity(row, c.identity, two);
  }

  #writeSides(at: number, hosted: boolean): void {
    const row = this.row;
    const c = this.#columns;
    const { locator } = this.#options;
    const facet = this.#facet;
    const victimPlace = putAddress(c.victim, c.victimLow, 2 * at, row.victim, locator);
    const originPlace = putAddress(c.origin, c.originLow, 2 * at, row.origin, locator);
    facet.kind = row.kind;
    facet.sides =
      (row.victim.version !== 0 || hosted ? sideBits.victim : 0) |
      (row.origin.version !== 0 ? sideBits.origin : 0);
    facet.victimCountry = locator.countries[victimPlace]!;
    facet.victimMark = locator.marks[victimPlace]!;
    facet.originCountry = locator.countries[originPlace]!;
    facet.originMark = locator.marks[originPlace]!;
    facet.originAsn = locator.asns[originPlace]!;
    facet.protocol = row.protocol;
    facet.tlp = row.tlp;
    facet.confidence = row.confidence;
    facet.familyLo = row.family.lo;
    facet.familyHi = row.family.hi;
    facet.sectorLo = facet.sectorHi = 0;
    c.victimAsn[at] = locator.asns[victimPlace]!;
    if (hosted) this.#addHostFacts();
    c.facet[at] = this.#facets.place(facet);
  }

  #addHostFacts(): void {
    const host = this.row.victimHost;
    let entry = this.#hostFacts.get(host.lo);
    while (entry !== undefined && entry.hi !== host.hi) entry = entry.next;
    entry ??= this.#describe(host);
    const facet = this.#facet;
    facet.sectorLo = entry.sector.lo;
    facet.sectorHi = entry.sector.hi;
    // The address of a site at a content delivery network says nothing of the site: its host does.
    const siteAtCdn = facet.victimMark === markCodes.cdn && isSiteKind(this.row.kind);
    if (siteAtCdn) facet.victimMark = markCodes.none;
    if (siteAtCdn || this.row.victim.version === 0) facet.victimCountry = entry.country;
  }

  #describe({ lo, hi }: TextRef): HostEntry {
    const facts = this.#options.describeHost(decodeText(lo, hi) ?? this.#texts.find(lo, hi));
    const sector = { lo: 0, hi: 0 };
    if (facts.sector !== "") {
      const bytes = utf8Bytes(facts.sector);
      this.#texts.encode(bytes, 0, bytes.length, sector);
    }
    const entry = { hi, sector, country: facts.country, next: this.#hostFacts.get(lo) };
    this.#hostFacts.set(lo, entry);
    return entry;
  }

  #grow(): void {
    this.#capacity *= 2;
    const columns = this.#columns;
    const larger = layColumns(this.#capacity);
    for (const name of rowArrays) larger[name].set(columns[name] as never);
    Object.assign(columns, larger);
  }
}

function isSiteKind(code: number): boolean {
  const kind = kindOfCode(code);
  return kind !== undefined && countsSites(kind);
}

interface HostEntry {
  readonly hi: number;
  readonly sector: TextRef;
  readonly country: number;
  /** The next one with the same low word. */
  readonly next: HostEntry | undefined;
}

function put64(into: Uint32Array, two: number, value: number): void {
  into[two] = value >>> 0;
  into[two + 1] = Math.floor(value / 4294967296);
}

function clearText(ref: TextRef): void {
  ref.lo = ref.hi = 0;
}

function putText(into: Uint32Array, two: number, ref: TextRef): void {
  into[two] = ref.lo;
  into[two + 1] = ref.hi;
}

/** Writes an address as count key and lower half, and returns its place. */
function putAddress(
  key: Uint32Array,
  low: Uint32Array,
  two: number,
  address: AddressWords,
  locator: Locator,
): number {
  if (address.version === 6) {
    key[two] = address.w1;
    key[two + 1] = address.w0;
    low[two] = address.w3;
    low[two + 1] = address.w2;
    return locator.place6(address.w0, address.w1, address.w2, address.w3);
  }
  const four = address.version === 4;
  key[two] = four ? address.w3 : 0;
  key[two + 1] = low[two] = low[two + 1] = 0;
  return four ? locator.place4(address.w3) : 0;
}
