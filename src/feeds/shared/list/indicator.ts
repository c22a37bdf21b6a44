import type { AddressWords } from "../../../core/network/index.ts";
import { addressOf } from "./address-text.ts";

/** What a word that somebody lists as bad says of the host behind it. */
export interface Indicator {
  readonly address?: AddressWords;
  readonly port?: number;
  /** A host name or, for what is no single host, the network (`192.0.2.0/24`) or AS (`AS64496`). */
  readonly host?: string;
  readonly url?: string;
}

const urlParts =
  /^([a-z][a-z\d+.-]*):\/\/(?:[^/?#@\s]*@)?(\[[\da-f:.]+\]|[^/?#:\s]+)(?::(\d{1,5}))?/i;
const hostAndPort = /^(\[[\da-f:.]+\]|[^\s/:]+)(?::(\d{1,5}))?$/i;
const hostName = /^(?=.*\.)(?!.*\.\d+$)[^\s/\\:,;"'<>@()[\]{}|^`=]+$/;
const network = /^([\da-f:.]+)\/(\d{1,3})$/i;

/** Reads an address, `address:port`, a network, a host name, `host:port`, a URL or an AS number; `undefined` if it is none. */
export function readIndicator(text: string): Indicator | undefined {
  const plain = refang(text);
  const url = urlParts.exec(plain);
  if (url) return { ...readHost(url[2]!, url[3]), url: plain };
  const address = addressOf(plain);
  if (address) return { address };
  if (network.test(plain)) return readNetwork(plain);
  if (/^AS\d{1,10}$/i.test(plain)) return { host: plain.toUpperCase() };
  const named = hostAndPort.exec(plain);
  if (named) return known(readHost(named[1]!, named[2]));
  const slash = plain.indexOf("/");
  const site = slash > 0 ? hostAndPort.exec(plain.slice(0, slash)) : null;
  const host = site && known(readHost(site[1]!, site[2]));
  return host ? { ...host, url: plain } : undefined;
}

/** A host name in small letters, without the dot of the root; `undefined` if it can be none. */
export function readHostName(text: string): string | undefined {
  const host = text.toLowerCase().replace(/\.+$/, "");
  return hostName.test(host) ? host : undefined;
}

/** A network such as `192.0.2.0/24`; one of a single host is that host. */
function readNetwork(text: string): Indicator | undefined {
  const [first = "", bits = ""] = text.split("/");
  const address = addressOf(first);
  const most = first.includes(":") ? 128 : 32;
  if (!address || Number(bits) > most) return undefined;
  return Number(bits) === most ? { address } : { host: text.toLowerCase() };
}

/** What stands where a URL has its host: an address or a name. */
function readHost(host: string, port: string | undefined): Indicator {
  const address = addressOf(host.replace(/^\[(.*)\]$/, "$1"));
  const number = Number(port ?? 0);
  const found = address ? { address } : { host: host.toLowerCase().replace(/\.+$/, "") };
  return number > 0 && number <= 65_535 ? { ...found, port: number } : found;
}

/** Without a name that can be none. */
function known(indicator: Indicator): Indicator | undefined {
  return indicator.host === undefined || hostName.test(indicator.host) ? indicator : undefined;
}

/** `hxxp://bad[.]example` as it was before somebody made it harmless. */
function refang(text: string): string {
  if (!text.includes("[") && !/^hxxp/i.test(text)) return text;
  return text
    .replace(/^hxxp/i, "http")
    .replaceAll(/\[(?:\.|dot)\]/gi, ".")
    .replaceAll("[:]", ":")
    .replaceAll("[://]", "://");
}
