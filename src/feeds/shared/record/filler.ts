import { parseTlp, tlpCode } from "../../../core/marking/index.ts";
import { type AddressWords, parseAddress, parseIpv4 } from "../../../core/network/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  TextRef,
} from "../../../core/observation/index.ts";
import { ops } from "../mapping/index.ts";
import { isNormalHost, normaliseHost, readProtocol, readUnsigned } from "../csv/index.ts";
import { ExtraWriter } from "./extra-writer.ts";
import type { Members } from "./members.ts";
import { MomentReader } from "./moments.ts";
import { keeping, type Plan, type Step } from "./plan.ts";
import { Scratch } from "./scratch.ts";
import { hostOfUrl } from "./url-host.ts";

const UNSAID = 255;
const SLASH = 47;

/** Fills the row of a builder from the members of a record. */
export class RecordFiller {
  readonly #members: Members;
  readonly #scratch = new Scratch();
  readonly #times = new MomentReader();
  readonly #extra = new ExtraWriter();
  readonly #victimExtra = new ExtraWriter();
  /** Per member: whether it filled a field. */
  #taken = new Uint8Array(256);
  /** The bytes that are being read. */
  #bytes: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  #url = "";
  #into!: ObservationBuilder;

  constructor(members: Members) {
    this.#members = members;
  }

  /** Fills the row as the plan says; says why not if it cannot. `tlp` is the code of a row that says nothing else. */
  fill(plan: Plan, tlp: number, into: ObservationBuilder): RefusalReason | undefined {
    this.#into = into;
    const { row } = into;
    row.tlp = tlp;
    row.confidence = UNSAID;
    this.#url = "";
    const members = this.#members;
    if (this.#taken.length < members.count) this.#taken = new Uint8Array(2 * members.count);
    const taken = this.#taken.fill(0, 0, members.count);
    const { steps } = plan;
    for (let at = 0; at < steps.length;) {
      const step = steps[at++]!;
      const slot = members.slotOf(step.name);
      if (slot < 0) continue;
      const opened = members.open(slot);
      if (opened === "nothing") continue;
      const reason = opened === "raw" ? "field-invalid" : this.#read(step, slot);
      if (reason === undefined) {
        taken[slot] = 1;
        at = step.next;
      } else if (!step.lenient) return reason;
    }
    if (row.seenAt === 0) return "time-invalid";
    if (this.#url !== "" && plan.urlOf !== "nobody") this.#takeHost(plan.urlOf);
    this.#keepRest(plan);
    return undefined;
  }

  /** Reads the member that is open. */
  #read(step: Step, slot: number): RefusalReason | undefined {
    const { bytes, from, to } = this.#members;
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    const { row } = this.#into;
    // The literals are those of `ops`: the engine makes a jump table of them.
    switch (step.op) {
      case 0: // seenAt
        row.seenAt = this.#moment();
        if (!Number.isNaN(row.seenAt)) return undefined;
        row.seenAt = 0;
        return "time-invalid";
      case 1: // seenUntil
        return this.#until();
      case 2: // victim
        return this.#address(row.victim);
      case 3: // origin
        return this.#address(row.origin);
      case 4: // victimPort
        return this.#port("victimPort");
      case 5: // originPort
        return this.#port("originPort");
      case 6: // protocol
        row.protocol = Math.max(0, readProtocol(bytes, from, to));
        return row.protocol === 0 ? "field-invalid" : undefined;
      case 7: // family
        return this.#text(row.family);
      case 8: // victimHost
        return this.#host(row.victimHost);
      case 9: // originHost
        return this.#host(row.originHost);
      case 10: // url
        this.#url = bytes.toString("utf8", from, to);
        return this.#text(row.url);
      case 11: // eventId
        return this.#text(row.eventId);
      default:
        return this.#readRare(step, slot);
    }
  }

  #readRare(step: Step, slot: number): RefusalReason | undefined {
    const { row } = this.#into;
    if (step.op === ops.count) {
      const count = readUnsigned(this.#bytes, this.#from, this.#to, 0xffffffff);
      if (count < 1) return "field-invalid";
      row.count = count;
      return undefined;
    }
    const { last } = step;
    const word = this.#members.textAt(slot);
    if (word !== last.word) {
      last.word = word;
      last.value = meaningOf(word, step);
    }
    if (last.value < 0) return "field-invalid";
    if (step.op === ops.tlp) row.tlp = last.value;
    else row.confidence = last.value;
    return undefined;
  }

  #until(): RefusalReason | undefined {
    const { row } = this.#into;
    const until = this.#moment();
    if (!(until >= row.seenAt)) return "time-invalid";
    row.seenUntil = until;
    return undefined;
  }

  #moment(): number {
    return this.#times.read(this.#bytes, this.#from, this.#to);
  }

  #port(field: "victimPort" | "originPort"): RefusalReason | undefined {
    const port = readUnsigned(this.#bytes, this.#from, this.#to, 65_535);
    if (port < 0) return "field-invalid";
    this.#into.row[field] = port;
    return undefined;
  }

  #address(address: AddressWords): RefusalReason | undefined {
    const bytes = this.#bytes;
    const from = this.#from;
    const to = this.#withoutLength();
    const four = parseIpv4(bytes, from, to);
    if (four > 0) {
      address.version = 4;
      address.w0 = address.w1 = address.w2 = 0;
      address.w3 = four;
      return undefined;
    }
    if (four < 0 && parseAddress(bytes, from, to, address))
      if ((address.w0 | address.w1 | address.w2 | address.w3) !== 0) return undefined;
    address.version = 0;
    return "address-invalid";
  }

  /** A network of one address is that address: where its length begins. */
  #withoutLength(): number {
    const bytes = this.#bytes;
    const to = this.#to;
    const slash = bytes[to - 3] === SLASH ? to - 3 : bytes[to - 4] === SLASH ? to - 4 : -1;
    if (slash <= this.#from) return to;
    const length = readUnsigned(bytes, slash + 1, to, 128);
    const six = bytes.subarray(this.#from, slash).includes(58);
    return length === (six ? 128 : 32) ? slash : to;
  }

  #text(ref: TextRef): RefusalReason | undefined {
    const [bytes, from, to] = [this.#bytes, this.#from, this.#to];
    // In the block there is none, but an escape may stand for one.
    for (let at = from; at < to; at++) if (bytes[at] === 0) return "nul-byte";
    this.#into.text(bytes, from, to, ref);
    return undefined;
  }

  #host(ref: TextRef): RefusalReason | undefined {
    if (isNormalHost(this.#bytes, this.#from, this.#to)) return this.#text(ref);
    const scratch = this.#scratch;
    scratch.reserve(this.#to - this.#from);
    this.#to = normaliseHost(this.#bytes, this.#from, this.#to, scratch.bytes);
    this.#from = 0;
    this.#bytes = scratch.bytes;
    return this.#to === 0 ? "field-invalid" : this.#text(ref);
  }

  /** The host of the URL is the host of the side whose it is, where the feed does not name one. */
  #takeHost(side: "victim" | "origin"): void {
    const { row } = this.#into;
    const ref = side === "victim" ? row.victimHost : row.originHost;
    if ((ref.lo | ref.hi) !== 0) return;
    const host = hostOfUrl(this.#url);
    if (host === "") return;
    this.#to = this.#scratch.write(host);
    this.#from = 0;
    this.#bytes = this.#scratch.bytes;
    const known = row[side].version !== 0;
    const noName = parseAddress(this.#bytes, 0, this.#to, unused);
    if (!noName) this.#host(ref);
    else if (!known) this.#address(row[side]);
  }

  /** Writes the members that filled no field into the extra texts. */
  #keepRest(plan: Plan): void {
    const members = this.#members;
    const extra = this.#extra;
    const victimExtra = this.#victimExtra;
    extra.begin();
    victimExtra.begin();
    for (let slot = 0; slot < members.count; slot++) {
      if (this.#taken[slot] === 1) continue;
      const name = members.nameAt(slot);
      if (name === 0) continue;
      const { as, key } = plan.keep(name);
      if (as === keeping.dropped) continue;
      const opened = members.openForJson(slot);
      if (opened === "nothing") continue;
      const into = as === keeping.extra ? extra : victimExtra;
      const { bytes, from, to } = members;
      if (opened === "number" || members.isPlain(slot)) into.addPlain(key, bytes, from, to);
      else if (opened === "raw") into.addJson(key, bytes, from, to);
      else into.addText(key, bytes, from, to);
    }
    const { row } = this.#into;
    if (extra.end()) this.#into.text(extra.bytes, 0, extra.length, row.extra);
    if (victimExtra.end())
      this.#into.text(victimExtra.bytes, 0, victimExtra.length, row.victimExtra);
  }
}

const unused: AddressWords = { version: 0, w0: 0, w1: 0, w2: 0, w3: 0 };

/** The code of a TLP label or the percent that a word stands for; -1 if it is none. */
function meaningOf(word: string, { op, words }: Step): number {
  const meant = words?.get(word.toLowerCase()) ?? word;
  if (op === ops.tlp) {
    const tlp = parseTlp(meant);
    return tlp === undefined ? -1 : tlpCode(tlp);
  }
  const percent = Number(meant);
  return percent >= 0 && percent <= 100 ? Math.round(percent) : -1;
}
