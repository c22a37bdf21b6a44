import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { addressInto, addressOf } from "./address-text.ts";
import type { ExtraPen } from "./extra-pen.ts";
import { type Indicator, readHostName, readIndicator } from "./indicator.ts";
import type { RecordMapping } from "./record-mapping.ts";
import type { Role } from "./role.ts";

const isNetwork = /^[\da-f.:]+\/\d+$/i;

/** Sets what names a host of the builder's row: name, port, URL, or any of them in one text. Says whether it could be read. */
export class HostSetter {
  readonly #pen: ExtraPen;
  #into!: ObservationBuilder;

  constructor(pen: ExtraPen) {
    this.#pen = pen;
  }

  /** Begins a block. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
  }

  /** Keeps a name; an address that stands where a name is wanted is one, unless the side has one. */
  setHost(side: Role, text: string): boolean {
    const { row } = this.#into;
    if (row[side].version === 0 && addressInto(text, row[side])) return true;
    const host = readHostName(text);
    if (host === undefined || addressOf(host) !== undefined) return false;
    return this.#text(host, this.#hostOf(side));
  }

  /** Keeps a URL or a path, and what it says of the host if nothing else does. */
  setUrl(side: Role, text: string): boolean {
    const found = readIndicator(text);
    return found === undefined ? this.#text(text, this.#into.row.url) : this.#set(side, found);
  }

  /** Keeps whatever names a host, if it is of the sort that the list has. */
  setIndicator(side: Role, text: string, only?: RecordMapping["only"]): boolean {
    const found = readIndicator(text);
    const fits =
      only === undefined ||
      (only === "address" && (found?.address !== undefined || isNetwork.test(text))) ||
      (only === "url" && found?.url !== undefined) ||
      (only === "host" && found?.host !== undefined && found.url === undefined);
    return found !== undefined && fits && this.#set(side, found);
  }

  setPort(side: Role, text: string): boolean {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return false;
    const { row } = this.#into;
    if (side === "victim") row.victimPort = port;
    else row.originPort = port;
    return true;
  }

  #set(side: Role, found: Indicator): boolean {
    const { row } = this.#into;
    const host = this.#hostOf(side);
    if (found.address && row[side].version === 0) Object.assign(row[side], found.address);
    if (found.host !== undefined && host.hi === 0) this.#text(found.host, host);
    if (found.url !== undefined && row.url.hi === 0) this.#text(found.url, row.url);
    if (found.port !== undefined) {
      if (side === "victim") row.victimPort ||= found.port;
      else row.originPort ||= found.port;
    }
    return true;
  }

  #hostOf(side: Role): TextRef {
    const { row } = this.#into;
    return side === "victim" ? row.victimHost : row.originHost;
  }

  #text(text: string, ref: TextRef): boolean {
    this.#pen.encode(text, this.#into, ref);
    return ref.hi !== 0;
  }
}
