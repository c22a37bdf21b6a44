import { parseTlp, tlpCode } from "../../../core/marking/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  RowFields,
  TextRef,
} from "../../../core/observation/index.ts";
import { readProtocol } from "../csv/index.ts";
import { firstAddressInto } from "./address-text.ts";
import { ExtraPen } from "./extra-pen.ts";
import { HostSetter } from "./host-setter.ts";
import { KindFinder } from "./kind-finder.ts";
import { type DateOrder, readMoment } from "./moment.ts";
import {
  type Fields,
  memberName,
  type RecordField,
  recordFields,
  type RecordMapping,
} from "./record-mapping.ts";
import type { Role } from "./role.ts";

/** Fields that a row cannot do without once its column says something: why it is refused. */
const needed: Readonly<Partial<Record<RecordField, RefusalReason>>> = {
  time: "time-invalid",
  address: "address-invalid",
  indicator: "address-invalid",
};

/** The same where the mapping is strict: names and protocols are many, and are kept as they are. */
const strictly: typeof needed = {
  ...needed,
  until: "time-invalid",
  peerAddress: "address-invalid",
  peer: "address-invalid",
  port: "field-invalid",
  peerPort: "field-invalid",
  count: "field-invalid",
  confidence: "field-invalid",
  tlp: "field-invalid",
};

/** A hash of a file: an indicator that names no host. */
const fileHash = /^[\da-f]{32,128}$/i;

/** Fills the row of a builder from a record, as a mapping says. */
export class RecordFiller {
  readonly #mapping: RecordMapping;
  readonly #steps: readonly { readonly field: RecordField; readonly columns: readonly string[] }[];
  readonly #kinds: KindFinder;
  readonly #pen: ExtraPen;
  readonly #hosts: HostSetter;
  readonly #listedAt: number;
  readonly #tlp: number;
  readonly #always: Fields;
  #into!: ObservationBuilder;
  #role: Role = "origin";
  #broken: RefusalReason | undefined;
  /** Whether the row has a time of its own. */
  #timed = false;
  /** The time's text that was read last, and its moment: neighbours often share it. */
  #timeText = "";
  #time = Number.NaN;

  /** `listedAt`: the moment of rows without a time, ms since 1970. */
  constructor(mapping: RecordMapping, listedAt = Number.NaN) {
    this.#mapping = mapping;
    this.#steps = recordFields.flatMap((field) => {
      const columns = mapping.fields[field];
      return columns === undefined ? [] : [{ field, columns: [columns].flat() as string[] }];
    });
    this.#kinds = new KindFinder(mapping);
    this.#pen = new ExtraPen(mapping);
    this.#hosts = new HostSetter(this.#pen);
    this.#listedAt = mapping.undated ? listedAt : Number.NaN;
    this.#tlp = tlpCode(mapping.tlp);
    this.#always = { ...mapping.always };
  }

  /** Begins a block. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#hosts.begin(into);
    into.reset();
  }

  /**
   * Adds the observations that the row `[from, to)` of `raw` asserts. What of them cannot be read refuses the row, once:
   * those that can be read are kept.
   */
  addAll(records: readonly Fields[], raw: Uint8Array, from: number, to: number): void {
    const into = this.#into;
    const { line } = into.row;
    let why: RefusalReason | undefined;
    for (const record of records) {
      const reason = this.fill(record);
      if (reason === undefined) into.add(raw, from, to);
      else into.reset();
      why ??= reason;
    }
    if (records.length === 0) why = "address-missing";
    if (why !== undefined) into.refuse(why, line, raw, from, to);
  }

  /** Fills the row; says why not if the record cannot be read. */
  fill(fields: Fields): RefusalReason | undefined {
    const sort = this.#kinds.find(fields);
    if (sort === undefined) return "field-invalid";
    const row = this.#into.row;
    row.kind = sort.kind;
    row.tlp = this.#tlp;
    row.confidence = this.#usualConfidence();
    this.#role = sort.role;
    this.#broken = undefined;
    this.#timed = false;
    this.#pen.begin();
    for (const { field, columns } of this.#steps) {
      if (!this.#read(field, columns, fields) && this.#broken !== undefined) return this.#broken;
    }
    if (!this.#timed) row.seenAt = this.#listedAt;
    if (Number.isNaN(row.seenAt)) return "time-invalid";
    if (namesNobody(row)) return "address-missing";
    this.#fillAlways(row);
    this.#keepReported(fields);
    this.#pen.write(fields, this.#into, row.extra);
    return undefined;
  }

  /** Sets the field from the first column with something readable in it. */
  #read(field: RecordField, columns: readonly string[], fields: Fields): boolean {
    let unreadable = false;
    for (const column of columns) {
      const text = fields[column];
      if (text === undefined || this.#saysNothing(text)) continue;
      if (this.#set(field, text)) {
        this.#pen.take(column);
        return true;
      }
      unreadable = !fileHash.test(text);
      if (unreadable && needed[field] !== undefined) break;
    }
    if (unreadable) this.#broken = (this.#mapping.strict ? strictly : needed)[field];
    return false;
  }

  #saysNothing(text: string): boolean {
    return this.#pen.saysNothing(text);
  }

  #set(field: RecordField, text: string): boolean {
    const row = this.#into.row;
    const subject = this.#role;
    const peer = subject === "victim" ? "origin" : "victim";
    if (field === "address") return firstAddressInto(text, row[subject]);
    if (field === "time") {
      row.seenAt = this.#moment(text);
      this.#timed = true;
      return !Number.isNaN(row.seenAt);
    }
    if (field === "indicator") return this.#hosts.setIndicator(subject, text, this.#mapping.only);
    if (field === "url") return this.#hosts.setUrl(subject, text);
    if (field === "host") return this.#hosts.setHost(subject, text);
    if (field === "port") return this.#hosts.setPort(subject, text);
    if (field === "peerAddress") return firstAddressInto(text, row[peer]);
    if (field === "peerHost") return this.#hosts.setHost(peer, text);
    if (field === "peerUrl") return this.#hosts.setUrl(peer, text);
    if (field === "peerPort") return this.#hosts.setPort(peer, text);
    if (field === "peer") return this.#hosts.setIndicator(peer, text);
    if (field === "until") return this.#setUntil(row, text);
    return this.#setRare(field, text);
  }

  #setRare(field: RecordField, text: string): boolean {
    const row = this.#into.row;
    if (field === "family") return this.#text(text, row.family);
    if (field === "eventId") return this.#text(text, row.eventId);
    if (field === "protocol") {
      const bytes = Buffer.from(text);
      row.protocol = Math.max(0, readProtocol(bytes, 0, bytes.length));
      return row.protocol !== 0;
    }
    if (field === "tlp") {
      const tlp = parseTlp(text);
      if (tlp !== undefined) row.tlp = tlpCode(tlp);
      return tlp !== undefined;
    }
    if (field === "confidence") return this.#setConfidence(row, text);
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1 || count > 0xffffffff) return false;
    row.count = count;
    return true;
  }

  #moment(text: string): number {
    if (text === this.#timeText) return this.#time;
    const { offsetMinutes, dateOrder } = this.#mapping;
    this.#timeText = text;
    return (this.#time = readMoment(text, offsetMinutes, dateOrder as DateOrder));
  }

  #setUntil(row: RowFields, text: string): boolean {
    const until = readMoment(text, this.#mapping.offsetMinutes, this.#mapping.dateOrder);
    if (!(until >= row.seenAt)) return false;
    row.seenUntil = until;
    return true;
  }

  #setConfidence(row: RowFields, text: string): boolean {
    const { confidence } = this.#mapping;
    const named = typeof confidence === "object" ? confidence[text.toLowerCase()] : undefined;
    const number = named ?? Number(text);
    if (!(number >= 0 && number <= 100)) return false;
    row.confidence = Math.round(number);
    return true;
  }

  #usualConfidence(): number {
    const { confidence } = this.#mapping;
    return typeof confidence === "number" ? confidence : 255;
  }

  #fillAlways(row: RowFields): void {
    const { family, protocol, port } = this.#always;
    if (family !== undefined && row.family.hi === 0) this.#text(family, row.family);
    if (protocol !== undefined && row.protocol === 0) this.#setRare("protocol", protocol);
    if (port !== undefined) {
      if (this.#role === "victim" ? row.victimPort === 0 : row.originPort === 0)
        this.#hosts.setPort(this.#role, port);
    }
  }

  /** Keeps what the feed says of a side's AS and country under names that tell the side. */
  #keepReported(fields: Fields): void {
    const { reported, subject } = this.#mapping;
    if (reported === undefined) return;
    const { asn, country, peerAsn, peerCountry } = reported;
    const peer = this.#role === "victim" ? "origin" : "victim";
    this.#keepFact(fields, subject, this.#role, asn, /^AS\s*(?=\d)/i);
    this.#keepFact(fields, subject, this.#role, country, undefined);
    this.#keepFact(fields, subject, peer, peerAsn, /^AS\s*(?=\d)/i);
    this.#keepFact(fields, subject, peer, peerCountry, undefined);
  }

  #keepFact(
    fields: Fields,
    subject: RecordMapping["subject"],
    side: Role,
    column: string | undefined,
    prefix: RegExp | undefined,
  ): void {
    const text = column === undefined ? undefined : fields[column];
    if (column === undefined || text === undefined) return;
    this.#pen.take(column);
    if (this.#saysNothing(text)) return;
    const plain = prefix ? text.replace(prefix, "") : text.length === 2 ? text.toUpperCase() : text;
    this.#pen.add(memberName(subject, side, column), plain);
  }

  #text(text: string, ref: TextRef): boolean {
    this.#pen.encode(text, this.#into, ref);
    return ref.hi !== 0;
  }
}

function namesNobody({ victim, origin, victimHost, originHost }: RowFields): boolean {
  return victim.version === 0 && origin.version === 0 && victimHost.hi === 0 && originHost.hi === 0;
}
