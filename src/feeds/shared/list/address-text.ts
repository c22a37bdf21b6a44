import { type AddressWords, emptyAddress, parseAddress } from "../../../core/network/index.ts";

const scratch = new Uint8Array(46);

/** Reads an address from text into `into`; false, with version 0, if it is none, or the one of no host (`0.0.0.0`, `::`). */
export function addressInto(text: string, into: AddressWords): boolean {
  into.version = 0;
  const length = text.length;
  if (length > 45) return false;
  for (let at = 0; at < length; at++) scratch[at] = Math.min(text.charCodeAt(at), 127);
  if (!parseAddress(scratch, 0, length, into)) return false;
  if ((into.w0 | into.w1 | into.w2 | into.w3) === 0) into.version = 0;
  return into.version !== 0;
}

/** Reads the first address of a list such as `192.0.2.1, 192.0.2.2`, where a feed writes several into one cell. */
export function firstAddressInto(text: string, into: AddressWords): boolean {
  if (addressInto(text, into)) return true;
  const comma = text.search(/[,;|\s]/);
  return comma > 0 && addressInto(text.slice(0, comma), into);
}

/** An address of its own; `undefined` if the text is none. */
export function addressOf(text: string): AddressWords | undefined {
  const into = emptyAddress();
  return addressInto(text, into) ? into : undefined;
}
