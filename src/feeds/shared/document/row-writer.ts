import { type Tlp, tlpCode } from "../../../core/marking/index.ts";
import type { AddressWords } from "../../../core/network/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  SkipReason,
  TextRef,
} from "../../../core/observation/index.ts";
import { type Kind, kindCode } from "../../../core/taxonomy/index.ts";
import { readProtocol } from "../csv/index.ts";
import { type Place, readAddress } from "./place.ts";

/** One observation that a document asserts, before it is a row. */
export interface Found {
  readonly kind: Kind;
  /** Milliseconds since 1970; NaN if the document does not say. */
  readonly seenAt: number;
  /** NaN if it asserts a moment. */
  readonly seenUntil?: number;
  readonly victim?: Place | undefined;
  readonly origin?: Place | undefined;
  readonly protocol?: string;
  readonly family?: string;
  readonly url?: string;
  readonly eventId?: string;
  readonly count?: number | undefined;
  /** 0 to 100. */
  readonly confidence?: number | undefined;
  readonly tlp: Tlp;
  readonly extra?: Readonly<Record<string, string>>;
  readonly victimExtra?: Readonly<Record<string, string>>;
}

/** The bytes that a row comes from. */
export interface RowSource {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** What is to be read again in place of these bytes, should they be refused. */
  readonly instead?: () => Uint8Array;
}

const NUL = "\0";

/** Writes observations into the row of a builder. */
export class RowWriter {
  readonly #into: ObservationBuilder;
  #source: RowSource | undefined;

  constructor(into: ObservationBuilder) {
    this.#into = into;
    into.reset();
  }

  /** Adds the observation, or refuses it. */
  write(found: Found, source: RowSource): void {
    this.#begin(source);
    const reason = this.#fill(found, source.line);
    if (reason) this.#into.refuse(reason, source.line, source.bytes, source.from, source.to);
    else this.#into.add(source.bytes, source.from, source.to);
  }

  refuse(reason: RefusalReason, source: RowSource): void {
    this.#begin(source);
    this.#into.refuse(reason, source.line, source.bytes, source.from, source.to);
  }

  /** Several observations of one source are told apart by their order. */
  #begin(source: RowSource): void {
    const { element } = this.#into;
    element.nth = source === this.#source ? element.nth + 1 : 0;
    element.instead = source.instead;
    this.#source = source;
  }

  skip(reason: SkipReason, { line }: Pick<RowSource, "line">): void {
    this.#into.skip(reason, line);
  }

  #fill(found: Found, line: number): RefusalReason | undefined {
    const row = this.#into.row;
    row.line = line;
    if (Number.isNaN(found.seenAt)) return "time-invalid";
    row.seenAt = found.seenAt;
    if (found.seenUntil !== undefined && found.seenUntil > found.seenAt)
      row.seenUntil = found.seenUntil;
    row.kind = kindCode(found.kind);
    row.tlp = tlpCode(found.tlp);
    row.confidence = found.confidence ?? 255;
    row.count = found.count ?? 1;
    row.protocol = protocolOf(found.protocol);
    row.victimPort = found.victim?.port ?? 0;
    row.originPort = found.origin?.port ?? 0;
    if (!setAddress(row.victim, found.victim) || !setAddress(row.origin, found.origin))
      return "address-invalid";
    const texts = [found.family, found.victim?.host, found.origin?.host, found.url, found.eventId];
    if (texts.some((text) => text?.includes(NUL))) return "nul-byte";
    this.#text(row.family, found.family);
    this.#text(row.victimHost, found.victim?.host);
    this.#text(row.originHost, found.origin?.host);
    this.#text(row.url, found.url);
    this.#text(row.eventId, found.eventId);
    this.#text(row.extra, jsonOf(found.extra));
    this.#text(row.victimExtra, jsonOf(found.victimExtra));
    return undefined;
  }

  #text(ref: TextRef, text: string | undefined): void {
    if (!text) return;
    const bytes = Buffer.from(text);
    this.#into.text(bytes, 0, bytes.length, ref);
  }
}

function setAddress(address: AddressWords, place: Place | undefined): boolean {
  if (!place?.address) return true;
  const read = readAddress(place.address);
  if (read) Object.assign(address, read);
  return read !== undefined;
}

function protocolOf(text: string | undefined): number {
  if (!text) return 0;
  const bytes = Buffer.from(text);
  return Math.max(0, readProtocol(bytes, 0, bytes.length));
}

function jsonOf(extra: Readonly<Record<string, string>> | undefined): string {
  return extra && Object.keys(extra).length > 0 ? JSON.stringify(extra) : "";
}
