import { parseTlp, tlpCode } from "../../../core/marking/index.ts";
import { type AddressWords, parseIpv4 } from "../../../core/network/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  RowFields,
} from "../../../core/observation/index.ts";
import { readProtocol, readUnsigned } from "../csv/index.ts";
import type { Members } from "../record/index.ts";
import { firstAddressInto } from "./address-text.ts";
import { HostSetter } from "./host-setter.ts";
import { KindFinder } from "./kind-finder.ts";
import { ListMoments } from "./list-moments.ts";
import { type RecordField, recordFields, type RecordMapping, silence } from "./record-mapping.ts";
import { ReportedWriter } from "./reported-writer.ts";
import { RestWriter } from "./rest-writer.ts";
import type { Role } from "./role.ts";
import { SilentWords } from "./silent-words.ts";
import { TextPen } from "./text-pen.ts";

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

/** A field, and the numbers of the names of the members that may fill it. */
interface Step {
  readonly field: RecordField;
  readonly names: readonly number[];
}

/** Fills the row of a builder from the members of a record, as a mapping says. */
export class RecordFiller {
  readonly #mapping: RecordMapping;
  readonly #kinds: KindFinder;
  readonly #silent: SilentWords;
  readonly #rest: RestWriter;
  readonly #reported: ReportedWriter;
  readonly #hosts = new HostSetter();
  readonly #pen = new TextPen();
  readonly #moments: ListMoments;
  readonly #listedAt: number;
  readonly #tlp: number;
  readonly #usualConfidence: number;
  #steps: readonly Step[] = [];
  #members!: Members;
  #into!: ObservationBuilder;
  #role: Role = "origin";
  #broken: RefusalReason | undefined;
  /** Whether the row has a time of its own. */
  #timed = false;

  /** `listedAt`: the moment of rows without a time, ms since 1970. */
  constructor(mapping: RecordMapping, listedAt = Number.NaN) {
    this.#mapping = mapping;
    this.#kinds = new KindFinder(mapping);
    this.#silent = new SilentWords([...silence, ...(mapping.nothing ?? [])]);
    this.#rest = new RestWriter(mapping, this.#silent);
    this.#reported = new ReportedWriter(mapping, this.#rest, this.#silent);
    this.#moments = new ListMoments(mapping);
    this.#listedAt = mapping.undated ? listedAt : Number.NaN;
    this.#tlp = tlpCode(mapping.tlp);
    this.#usualConfidence = typeof mapping.confidence === "number" ? mapping.confidence : 255;
  }

  /** Takes the members through which all records come, until others are joined. */
  join(members: Members): void {
    this.#members = members;
    this.#kinds.join(members);
    this.#rest.join(members);
    this.#reported.join(members);
    this.#steps = recordFields.flatMap((field) => {
      const columns = this.#mapping.fields[field];
      if (columns === undefined) return [];
      return [{ field, names: [columns].flat().map((name) => members.names.idOf(name as string)) }];
    });
  }

  /** Begins a block. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#hosts.begin(into);
    into.reset();
  }

  /** Fills the row; says why not if the record cannot be read. */
  fill(): RefusalReason | undefined {
    const sort = this.#kinds.find();
    if (sort === undefined) return "field-invalid";
    const row = this.#into.row;
    row.kind = sort.kind;
    row.tlp = this.#tlp;
    row.confidence = this.#usualConfidence;
    this.#role = sort.role;
    this.#broken = undefined;
    this.#timed = false;
    this.#rest.begin();
    const steps = this.#steps;
    for (let at = 0; at < steps.length; at++)
      if (!this.#read(steps[at]!) && this.#broken !== undefined) return this.#broken;
    if (!this.#timed) row.seenAt = this.#listedAt;
    if (Number.isNaN(row.seenAt)) return "time-invalid";
    if (namesNobody(row)) return "address-missing";
    if (this.#mapping.always !== undefined) this.#fillAlways(row, this.#mapping.always);
    this.#reported.write(this.#role);
    this.#rest.write(this.#into, row.extra);
    return undefined;
  }

  /** Sets the field from the first column with something readable in it. */
  #read({ field, names }: Step): boolean {
    const members = this.#members;
    let unreadable = false;
    for (let i = 0; i < names.length; i++) {
      const slot = members.slotOf(names[i]!);
      if (slot < 0 || members.open(slot) === "nothing") continue;
      const { bytes, from, to } = members;
      if (this.#silent.has(bytes, from, to)) continue;
      if (this.#set(field, slot)) {
        this.#rest.take(slot);
        return true;
      }
      unreadable = !fileHash.test(bytes.toString("latin1", from, to));
      if (unreadable && needed[field] !== undefined) break;
    }
    if (unreadable) this.#broken = (this.#mapping.strict ? strictly : needed)[field];
    return false;
  }

  /** Sets the field from the member that is open. */
  #set(field: RecordField, slot: number): boolean {
    const row = this.#into.row;
    const subject = this.#role;
    const peer = subject === "victim" ? "origin" : "victim";
    const { bytes, from, to } = this.#members;
    switch (field) {
      case "time":
        row.seenAt = this.#moments.read(bytes, from, to);
        this.#timed = true;
        return !Number.isNaN(row.seenAt);
      case "address":
        return setAddress(row[subject], bytes, from, to);
      case "peerAddress":
        return setAddress(row[peer], bytes, from, to);
      case "indicator":
        return this.#hosts.setIndicator(subject, bytes, from, to, this.#mapping.only);
      case "peer":
        return this.#hosts.setIndicator(peer, bytes, from, to);
      case "url":
        return this.#hosts.setUrl(subject, bytes, from, to);
      case "peerUrl":
        return this.#hosts.setUrl(peer, bytes, from, to);
      case "host":
        return this.#hosts.setHost(subject, bytes, from, to);
      case "peerHost":
        return this.#hosts.setHost(peer, bytes, from, to);
      case "family":
      case "eventId":
        this.#into.text(bytes, from, to, row[field]);
        return true;
      case "port":
        return this.#setPort(subject, bytes, from, to);
      case "peerPort":
        return this.#setPort(peer, bytes, from, to);
      case "protocol":
        row.protocol = Math.max(0, readProtocol(bytes, from, to));
        return row.protocol !== 0;
      case "until":
      case "tlp":
      case "confidence":
      case "count":
        return this.#setRare(field, slot);
    }
  }

  #setRare(field: "until" | "tlp" | "confidence" | "count", slot: number): boolean {
    const row = this.#into.row;
    const { bytes, from, to } = this.#members;
    if (field === "until") {
      const until = this.#moments.read(bytes, from, to);
      if (!(until >= row.seenAt)) return false;
      row.seenUntil = until;
      return true;
    }
    const text = this.#members.wordsAt(slot);
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

  #setPort(side: Role, bytes: Buffer, from: number, to: number): boolean {
    const port = readUnsigned(bytes, from, to, 65_535);
    if (port < 0) return this.#hosts.setPort(side, bytes.toString("utf8", from, to));
    const { row } = this.#into;
    if (side === "victim") row.victimPort = port;
    else row.originPort = port;
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

  #fillAlways(row: RowFields, always: NonNullable<RecordMapping["always"]>): void {
    const { family, protocol, port } = always;
    if (family !== undefined && row.family.hi === 0)
      this.#pen.encode(family, this.#into, row.family);
    if (protocol !== undefined && row.protocol === 0) {
      const bytes = Buffer.from(protocol);
      row.protocol = Math.max(0, readProtocol(bytes, 0, bytes.length));
    }
    if (port !== undefined) {
      if (this.#role === "victim" ? row.victimPort === 0 : row.originPort === 0)
        this.#hosts.setPort(this.#role, port);
    }
  }
}

function setAddress(address: AddressWords, bytes: Buffer, from: number, to: number): boolean {
  const four = parseIpv4(bytes, from, to);
  if (four <= 0) return firstAddressInto(bytes.toString("utf8", from, to), address);
  address.version = 4;
  address.w0 = address.w1 = address.w2 = 0;
  address.w3 = four;
  return true;
}

function namesNobody({ victim, origin, victimHost, originHost }: RowFields): boolean {
  return victim.version === 0 && origin.version === 0 && victimHost.hi === 0 && originHost.hi === 0;
}
