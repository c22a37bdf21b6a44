import { parseTlp, tlpCode } from "../../../core/marking/index.ts";
import { type AddressWords, parseAddress } from "../../../core/network/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  TextRef,
} from "../../../core/observation/index.ts";
import { isNormalHost, normaliseHost, readProtocol } from "../csv/index.ts";
import { type ExtraTexts, writeExtra } from "./extra-text.ts";
import type { JsonObject } from "./json.ts";
import { MomentReader } from "./moments.ts";
import type { RecordPlan, Step } from "./plan.ts";
import { Scratch } from "./scratch.ts";
import { hostOfUrl } from "./url-host.ts";

const UNSAID = 255;

/** Fills the row of a builder from the members of a record. */
export class RecordFiller {
  readonly #scratch = new Scratch();
  readonly #times = new MomentReader();
  readonly #extra: ExtraTexts = { extra: "", victimExtra: "" };
  #taken = new Uint8Array(64);
  #url = "";
  #into!: ObservationBuilder;

  /** Fills the row as the plan says; says why not if it cannot. `tlp` is the code of a row that says nothing else. */
  fill(
    record: JsonObject,
    plan: RecordPlan,
    tlp: number,
    into: ObservationBuilder,
  ): RefusalReason | undefined {
    this.#into = into;
    const { row } = into;
    row.tlp = tlp;
    row.confidence = UNSAID;
    this.#url = "";
    if (this.#taken.length < plan.places) this.#taken = new Uint8Array(plan.places);
    const taken = this.#taken.fill(0, 0, plan.places);
    const { steps } = plan;
    for (let at = 0; at < steps.length;) {
      const step = steps[at]!;
      const value = record[step.member];
      at++;
      if (value === undefined || value === null || value === "") continue;
      const reason = this.#set(step, value);
      if (reason === undefined) {
        taken[step.place] = 1;
        at = step.next;
      } else if (!step.lenient && reason !== "nothing") return reason;
    }
    if (row.seenAt === 0) return "time-invalid";
    if (this.#url !== "") this.#takeHost(plan.urlOf);
    writeExtra(record, plan, taken, this.#extra);
    this.#put(this.#extra.extra, row.extra);
    this.#put(this.#extra.victimExtra, row.victimExtra);
    return undefined;
  }

  /** `nothing`: there is nothing in the member. */
  #set({ field, words }: Step, given: unknown): RefusalReason | "nothing" | undefined {
    const { row } = this.#into;
    const value = words === undefined ? given : (words.get(String(given).toLowerCase()) ?? given);
    switch (field) {
      case "seenAt":
        row.seenAt = this.#times.read(value, this.#scratch);
        if (!Number.isNaN(row.seenAt)) return undefined;
        row.seenAt = 0;
        return "time-invalid";
      case "seenUntil":
        return this.#until(value);
      case "victim":
        return this.#address(value, row.victim);
      case "origin":
        return this.#address(value, row.origin);
      case "victimPort":
      case "originPort": {
        const port = wholeNumber(value, 65_535);
        if (port < 0) return "field-invalid";
        row[field] = port;
        return undefined;
      }
      case "protocol":
        return this.#protocol(value);
      case "victimHost":
      case "originHost":
        return this.#host(value, row[field]);
      case "url":
        if (typeof value === "string") this.#url = value.trim();
        return this.#text(value, row.url);
      case "family":
      case "eventId":
        return this.#text(value, row[field]);
      case "count": {
        const count = wholeNumber(value, 0xffffffff);
        if (count < 1) return "field-invalid";
        row.count = count;
        return undefined;
      }
      case "confidence":
        return this.#confidence(value);
      case "tlp": {
        const tlp = typeof value === "string" ? parseTlp(value) : undefined;
        if (tlp === undefined) return "field-invalid";
        row.tlp = tlpCode(tlp);
        return undefined;
      }
    }
  }

  #until(value: unknown): RefusalReason | undefined {
    const { row } = this.#into;
    const until = this.#times.read(value, this.#scratch);
    if (!(until >= row.seenAt)) return "time-invalid";
    row.seenUntil = until;
    return undefined;
  }

  #address(value: unknown, address: AddressWords): RefusalReason | "nothing" | undefined {
    if (typeof value !== "string") return "address-invalid";
    // A network of one address is that address.
    const text = value.trim().replace(/\/(?:32|128)$/, "");
    if (text === "") return "nothing";
    const length = this.#scratch.write(text);
    if (
      parseAddress(this.#scratch.bytes, 0, length, address) &&
      (address.w0 | address.w1 | address.w2 | address.w3) !== 0
    )
      return undefined;
    address.version = 0;
    return "address-invalid";
  }

  #protocol(value: unknown): RefusalReason | undefined {
    const length = this.#scratch.write(String(value).trim());
    const protocol = readProtocol(this.#scratch.bytes, 0, length);
    if (protocol <= 0) return "field-invalid";
    this.#into.row.protocol = protocol;
    return undefined;
  }

  #confidence(value: unknown): RefusalReason | undefined {
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number !== "number" || !(number >= 0 && number <= 100)) return "field-invalid";
    this.#into.row.confidence = Math.round(number);
    return undefined;
  }

  #text(value: unknown, ref: TextRef): RefusalReason | "nothing" | undefined {
    if (typeof value !== "string" && typeof value !== "number") return "field-invalid";
    const text = String(value).trim();
    if (text.includes("\0")) return "nul-byte";
    if (text === "") return "nothing";
    this.#put(text, ref);
    return undefined;
  }

  #host(value: unknown, ref: TextRef): RefusalReason | "nothing" | undefined {
    if (typeof value !== "string") return "field-invalid";
    const text = value.trim();
    if (text.includes("\0")) return "nul-byte";
    const scratch = this.#scratch;
    let length = scratch.write(text);
    if (length > 0 && !isNormalHost(scratch.bytes, 0, length))
      length = normaliseHost(scratch.bytes, 0, length, scratch.bytes);
    if (length === 0) return "nothing";
    this.#into.text(scratch.bytes, 0, length, ref);
    return undefined;
  }

  /** The host of the URL is the host of the side whose it is, where the feed does not name one. */
  #takeHost(side: "victim" | "origin"): void {
    const { row } = this.#into;
    const ref = side === "victim" ? row.victimHost : row.originHost;
    if ((ref.lo | ref.hi) !== 0) return;
    const host = hostOfUrl(this.#url);
    if (host === "") return;
    const address = row[side];
    const length = this.#scratch.write(host);
    const words = address.version === 0 ? address : { ...address };
    if (!parseAddress(this.#scratch.bytes, 0, length, words)) this.#host(host, ref);
  }

  #put(text: string, ref: TextRef): void {
    if (text === "") return;
    const length = this.#scratch.write(text);
    this.#into.text(this.#scratch.bytes, 0, length, ref);
  }
}

/** A number, or a text of digits, from 0 to `most`; else -1. */
function wholeNumber(value: unknown, most: number): number {
  const number =
    typeof value === "string" && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) return -1;
  return number >= 0 && number <= most ? number : -1;
}
