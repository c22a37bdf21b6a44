import type { AddressWords } from "../../../core/network/index.ts";
import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { addressInto, addressOf } from "./address-text.ts";
import { HostForm } from "./host-form.ts";
import { type Indicator, readHostName, readIndicator } from "./indicator.ts";
import type { RecordMapping } from "./record-mapping.ts";
import type { Role } from "./role.ts";
import { TextPen } from "./text-pen.ts";

const isNetwork = /^[\da-f.:]+\/\d+$/i;

/** Sets what names a host of the builder's row: name, port, URL, or any of them in one text. Says whether it could be read. */
export class HostSetter {
  readonly #form = new HostForm();
  readonly #pen = new TextPen();
  #into!: ObservationBuilder;

  /** Begins a block. */
  begin(into: ObservationBuilder): void {
    this.#into = into;
  }

  /** Keeps a name; an address that stands where a name is wanted is one, unless the side has one. */
  setHost(side: Role, bytes: Buffer, from: number, to: number): boolean {
    const { row } = this.#into;
    const form = this.#form;
    if (form.read(bytes, from, to) && !form.isUrl && form.port === 0 && form.address === 0) {
      this.#into.text(bytes, from, to, this.#hostOf(side));
      return true;
    }
    const text = bytes.toString("utf8", from, to);
    if (row[side].version === 0 && addressInto(text, row[side])) return true;
    const host = readHostName(text);
    if (host === undefined || addressOf(host) !== undefined) return false;
    return this.#pen.encode(host, this.#into, this.#hostOf(side));
  }

  /** Keeps a URL or a path, and what it says of the host if nothing else does. */
  setUrl(side: Role, bytes: Buffer, from: number, to: number): boolean {
    if (this.#form.read(bytes, from, to)) return this.#setForm(side, bytes, from, to);
    const found = readIndicator(bytes.toString("utf8", from, to));
    if (found !== undefined) return this.#set(side, found);
    this.#into.text(bytes, from, to, this.#into.row.url);
    return true;
  }

  /** Keeps whatever names a host, if it is of the sort that the list has. */
  setIndicator(
    side: Role,
    bytes: Buffer,
    from: number,
    to: number,
    only?: RecordMapping["only"],
  ): boolean {
    const form = this.#form;
    if (form.read(bytes, from, to)) {
      const sort = form.isUrl ? "url" : form.address === 0 ? "host" : "address";
      const fits = only === undefined || only === sort || (only === "address" && form.address > 0);
      return fits && this.#setForm(side, bytes, from, to);
    }
    const text = bytes.toString("utf8", from, to);
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

  #setForm(side: Role, bytes: Buffer, from: number, to: number): boolean {
    const { row } = this.#into;
    const { address, port, isUrl } = this.#form;
    const host = this.#hostOf(side);
    if (address > 0) setIpv4(row[side], address);
    else if (host.hi === 0) this.#into.text(bytes, this.#form.from, this.#form.to, host);
    if (isUrl && row.url.hi === 0) this.#into.text(bytes, from, to, row.url);
    this.#setFoundPort(side, port);
    return true;
  }

  #set(side: Role, found: Indicator): boolean {
    const { row } = this.#into;
    const host = this.#hostOf(side);
    if (found.address && row[side].version === 0) Object.assign(row[side], found.address);
    if (found.host !== undefined && host.hi === 0) this.#pen.encode(found.host, this.#into, host);
    if (found.url !== undefined && row.url.hi === 0)
      this.#pen.encode(found.url, this.#into, row.url);
    if (found.port !== undefined) this.#setFoundPort(side, found.port);
    return true;
  }

  #setFoundPort(side: Role, port: number): void {
    const { row } = this.#into;
    if (side === "victim") row.victimPort ||= port;
    else row.originPort ||= port;
  }

  #hostOf(side: Role): TextRef {
    const { row } = this.#into;
    return side === "victim" ? row.victimHost : row.originHost;
  }
}

/** Sets the address of a side that has none. */
function setIpv4(address: AddressWords, four: number): void {
  if (address.version !== 0) return;
  address.version = 4;
  address.w0 = address.w1 = address.w2 = 0;
  address.w3 = four;
}
