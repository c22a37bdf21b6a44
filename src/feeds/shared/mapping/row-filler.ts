import { isUtf8 } from "node:buffer";
import { parseTlp, tlpCode } from "../../../core/marking/index.ts";
import { type AddressWords, parseAddress, parseIpv4 } from "../../../core/network/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  TextRef,
} from "../../../core/observation/index.ts";
import { kindCode } from "../../../core/taxonomy/index.ts";
import {
  ExtraReader,
  isBlank,
  isNormalHost,
  normaliseHost,
  readProtocol,
  readUnsigned,
  singleQuotes,
  TimeReader,
  unquote,
} from "../csv/index.ts";
import { KindReader } from "./kind-reader.ts";
import type { Mapping } from "./mapping.ts";
import { ops, type Plan } from "./plan.ts";

// Of its own: the engine does not fold constants of other modules.
const QUOTE = 34;

/** Fills the row of a builder from the cells that a scanner found. */
export class RowFiller {
  readonly #plan: Plan;
  readonly #times: TimeReader;
  readonly #extra: ExtraReader;
  readonly #victimExtra: ExtraReader;
  readonly #kinds: KindReader | undefined;
  readonly #kind: number;
  readonly #tlp: number;
  readonly #confidence: number;
  readonly #protocol: number;
  /** Columns of the row that could not be read and are kept in `extra`. */
  readonly #unread: number[] = [];
  #scratch = new Uint8Array(4096);
  #block: Uint8Array = this.#scratch;
  #clean = true;
  #doubled = false;
  #into!: ObservationBuilder;

  constructor(mapping: Mapping, plan: Plan, columns: readonly string[]) {
    this.#plan = plan;
    this.#times = new TimeReader(mapping.offsetMinutes);
    this.#extra = new ExtraReader(columns, plan.extra, 0);
    this.#victimExtra = new ExtraReader(columns, plan.victimExtra, 1);
    this.#kinds =
      typeof mapping.kind === "string" ? undefined : new KindReader(mapping.kind, columns);
    this.#kind = typeof mapping.kind === "string" ? kindCode(mapping.kind) : 0;
    this.#tlp = tlpCode(mapping.tlp);
    this.#confidence = mapping.confidence ?? 255;
    this.#protocol = mapping.protocol === undefined ? 0 : mapping.protocol === "tcp" ? 6 : 17;
  }

  /** Begins a block, which is the kernel's. */
  begin(block: Uint8Array, into: ObservationBuilder): void {
    this.#block = block;
    this.#clean = isUtf8(block);
    this.#into = into;
    this.#extra.begin(into);
    this.#victimExtra.begin(into);
    into.reset();
    into.row.kind = this.#kind;
  }

  /**
   * Fills the row from the cells between these edges; says why not if they cannot be read. `doubled`: a cell may hold
   * doubled quotes.
   */
  fill(edges: Int32Array, doubled: boolean): RefusalReason | undefined {
    const { op, column, next } = this.#plan;
    const block = this.#block;
    const row = this.#into.row;
    const steps = op.length;
    this.#doubled = doubled;
    row.tlp = this.#tlp;
    row.confidence = this.#confidence;
    row.protocol = this.#protocol;
    for (let step = 0; step < steps;) {
      const cell = column[step]!;
      let from = edges[cell]! + 1;
      let to = edges[cell + 1]!;
      if (block[from] === QUOTE && from < to) {
        from++;
        to--;
      }
      if (from >= to) {
        step++;
        continue;
      }
      const reason = this.#set(op[step]!, from, to) && this.#setTrimmed(op[step]!, from, to);
      if (reason === undefined) step = next[step]!;
      else if (this.#plan.lenient[step] === 0) {
        this.#unread.length = 0;
        return reason;
      } else {
        this.#unread.push(cell);
        step++;
      }
    }
    if (row.seenAt === 0) return "time-invalid";
    if (this.#kinds !== undefined && (row.kind = this.#kinds.read(block, edges)) === 0)
      return "field-invalid";
    if (this.#unread.length > 0) this.#keepUnread(edges);
    else this.#extra.read(block, edges, this.#clean, row.extra);
    this.#victimExtra.read(block, edges, this.#clean, row.victimExtra);
    return undefined;
  }

  /** The numbers are those of `ops`, literal because only then the engine makes a jump table of them. */
  #set(op: number, from: number, to: number): RefusalReason | undefined {
    const block = this.#block;
    const row = this.#into.row;
    let number = 0;
    switch (op) {
      case 0: // seenAt
        row.seenAt = this.#times.read(block, from, to);
        return Number.isNaN(row.seenAt) ? "time-invalid" : undefined;
      case 1: // seenUntil
        return this.#until(from, to);
      case 2: // victim
        return this.#address(row.victim, from, to);
      case 3: // origin
        return this.#address(row.origin, from, to);
      case 4: // victimPort
        if ((number = readUnsigned(block, from, to, 65_535)) < 0) return "field-invalid";
        row.victimPort = number;
        return undefined;
      case 5: // originPort
        if ((number = readUnsigned(block, from, to, 65_535)) < 0) return "field-invalid";
        row.originPort = number;
        return undefined;
      case 6: // protocol
        row.protocol = Math.max(0, readProtocol(block, from, to));
        return row.protocol === 0 ? "field-invalid" : undefined;
      case 7: // family
        return this.#text(row.family, from, to);
      case 8: // victimHost
        return this.#host(row.victimHost, from, to);
      case 9: // originHost
        return this.#host(row.originHost, from, to);
      case 10: // url
        return this.#text(row.url, from, to);
      case 11: // eventId
        return this.#text(row.eventId, from, to);
      default:
        return this.#setRare(op, from, to);
    }
  }

  /** Tries again without the blanks around the cell. */
  #setTrimmed(op: number, from: number, to: number): RefusalReason | undefined {
    const block = this.#block;
    let start = from;
    let end = to;
    while (start < end && isBlank(block[start]!)) start++;
    while (end > start && isBlank(block[end - 1]!)) end--;
    return start < end ? this.#set(op, start, end) : undefined;
  }

  #setRare(op: number, from: number, to: number): RefusalReason | undefined {
    const block = this.#block;
    const row = this.#into.row;
    if (op === ops.tlp) {
      const tlp = parseTlp(unquote(block, from, to));
      if (tlp !== undefined) row.tlp = tlpCode(tlp);
      return tlp === undefined ? "field-invalid" : undefined;
    }
    const number = readUnsigned(block, from, to, op === ops.count ? 0xffffffff : 100);
    if (number < 0 || (number === 0 && op === ops.count)) return "field-invalid";
    if (op === ops.count) row.count = number;
    else row.confidence = number;
    return undefined;
  }

  #until(from: number, to: number): RefusalReason | undefined {
    const row = this.#into.row;
    const until = this.#times.read(this.#block, from, to);
    if (!(until >= row.seenAt)) return "time-invalid";
    row.seenUntil = until;
    return undefined;
  }

  #address(address: AddressWords, from: number, to: number): RefusalReason | undefined {
    const block = this.#block;
    const four = parseIpv4(block, from, to);
    if (four > 0) {
      address.version = 4;
      address.w0 = address.w1 = address.w2 = 0;
      address.w3 = four;
      return undefined;
    }
    if (four < 0 && parseAddress(block, from, to, address)) {
      if ((address.w0 | address.w1 | address.w2 | address.w3) !== 0) return undefined;
    }
    address.version = 0;
    return "address-invalid";
  }

  #text(ref: TextRef, from: number, to: number): RefusalReason | undefined {
    if (!this.#clean && !isUtf8(this.#block.subarray(from, to))) return "encoding-invalid";
    if (!this.#doubled) {
      this.#into.text(this.#block, from, to, ref);
      return undefined;
    }
    this.#reserve(to - from);
    const length =
      this.#block[from - 1] === QUOTE ? singleQuotes(this.#block, from, to, this.#scratch) : -1;
    if (length < 0) this.#into.text(this.#block, from, to, ref);
    else this.#into.text(this.#scratch, 0, length, ref);
    return undefined;
  }

  #host(ref: TextRef, from: number, to: number): RefusalReason | undefined {
    if (isNormalHost(this.#block, from, to)) return this.#text(ref, from, to);
    if (!this.#clean && !isUtf8(this.#block.subarray(from, to))) return "encoding-invalid";
    this.#reserve(to - from);
    const length = normaliseHost(this.#block, from, to, this.#scratch);
    this.#into.text(this.#scratch, 0, length, ref);
    return undefined;
  }

  /** Writes `extra` with the columns in it that could not be read. */
  #keepUnread(edges: Int32Array): void {
    const columns = [...this.#plan.extra, ...this.#unread].toSorted((a, b) => a - b);
    this.#unread.length = 0;
    this.#extra.write(this.#block, edges, this.#clean, [...new Set(columns)], this.#into.row.extra);
  }

  #reserve(length: number): void {
    if (length > this.#scratch.length) this.#scratch = new Uint8Array(2 * length);
  }
}
