import { type AddressWords, addressFromText } from "../../../core/network/index.ts";

/** What a document calls a host: by its address, its name, or both. */
export interface Place {
  readonly address?: string;
  readonly host?: string;
  readonly port?: number;
}

const longestHost = 255;
/** In Windows' names of files on a WebDAV server the host stands before the sign: `file://host@SSL@8443/share`. */
const webDav = /@.*$/;
const hostName = /^(?!-)[\p{L}\p{N}_*](?:[\p{L}\p{N}_.*-]*[\p{L}\p{N}_])?$/u;

/** A text with the brackets and dots that keep it from being clicked taken out: `hxxp://evil[.]example`. */
export function refang(text: string): string {
  return text
    .trim()
    .replaceAll(/[[({](\.|dot)[\])}]/gi, ".")
    .replaceAll(/\[(:|:\/\/)\]/g, "$1")
    .replace(/^hxxp/i, "http")
    .replace(/^(meow|fxp):\/\//i, (word) =>
      word.toLowerCase() === "fxp://" ? "ftp://" : "http://",
    );
}

/**
 * The address of a text; a prefix that is one address (`/32`, `/128`) and the brackets of IPv6 are taken off. `undefined` if it is none,
 * or the unspecified address.
 */
export function readAddress(text: string): AddressWords | undefined {
  const bare = refang(text).replace(/^\[(.*)\]$/, "$1");
  const slash = bare.indexOf("/");
  const prefix = slash < 0 ? "" : bare.slice(slash);
  const address = addressFromText(slash < 0 ? bare : bare.slice(0, slash));
  if (!address || (address.w0 | address.w1 | address.w2 | address.w3) === 0) return undefined;
  const single = prefix === "" || prefix === (bare.includes(":") ? "/128" : "/32");
  return single ? address : undefined;
}

/** A host name in small letters, without the dot of the root; `undefined` if the text is none. */
export function readHost(text: string): string | undefined {
  const host = refang(text).toLowerCase().replace(/\.+$/, "");
  return host.length <= longestHost && hostName.test(host) ? host : undefined;
}

/** The host of a text that is an address or a host name, with or without a port; `undefined` if it is neither. */
export function readPlace(text: string): Place | undefined {
  const bare = refang(text);
  if (readAddress(bare)) return { address: bare };
  const ported = /^(\[[0-9a-f:.]+\]|[^:]+):(\d{1,5})$/i.exec(bare);
  const name = ported?.[1] ?? bare;
  const port = Number(ported?.[2] ?? 0);
  if (port > 65_535) return undefined;
  const base = readAddress(name) ? { address: name } : hostPlace(name);
  return base && port > 0 ? { ...base, port } : base;
}

function hostPlace(text: string): Place | undefined {
  const host = readHost(text);
  // Four numbers with dots that are no address are a mistake, and not the name of a host.
  return host === undefined || /^[\d.]+$/.test(host) ? undefined : { host };
}

/**
 * The host that a URL names; `undefined` if it names none (a path, an address of mail). What stands in the place of the host and is none
 * is given as an address, for which the row is refused.
 */
export function placeOfUrl(url: string): Place | undefined {
  const bare = refang(url);
  const authority = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#\\]*)/i.exec(bare)?.[1];
  // Without slashes, what comes before a colon is the scheme, unless a port follows.
  const text = authority ?? /^(?![a-z][a-z0-9+.-]*:(?!\d))[^/?#\\]+/i.exec(bare)?.[0];
  if (text === undefined || text === "") return undefined;
  const host = bare.startsWith("file:")
    ? text.replace(webDav, "")
    : text.slice(text.lastIndexOf("@") + 1);
  return readPlace(host) ?? { address: host };
}
