import { type Place, placeOfUrl, readPlace, wholeNumber } from "../shared/document/index.ts";
import { type Alternative, alternativesOf, parsePattern } from "./pattern/index.ts";
import { protocolIn, type Sighted } from "./sighted.ts";

/** Paths that name a host or say something of it. */
const wanted =
  /^(ipv[46]-addr:value|domain-name:(value|resolves_to_refs\.value)|hostname:value|url:value|network-traffic:(src_ref|dst_ref)\.(value|resolves_to_refs\.value)|network-traffic:(src_port|dst_port|protocols)|network-traffic:extensions\.http-request-ext\.(request_header\.host|request_value))$/;

/** What a pattern points at; `undefined` if the pattern is not in the grammar. */
export function sightedInPattern(pattern: string): Sighted[] | undefined {
  const sighted: Sighted[] = [];
  for (const expression of parsePattern(pattern) ?? [undefined]) {
    const ways = expression && alternativesOf(expression, (path) => wanted.test(path));
    if (!ways) return undefined;
    for (const way of ways) for (const one of ofAlternative(way)) sighted.push(one);
  }
  return sighted;
}

function ofAlternative(way: Alternative): Sighted[] {
  const all = (...paths: string[]): string[] =>
    way.filter(({ path }) => paths.includes(path)).map(({ value }) => value);
  const first = (path: string): string => all(path)[0] ?? "";
  const port = (end: string): number | undefined =>
    wholeNumber(first(`network-traffic:${end}_port`), 1, 65_535);
  const opener = named(first("network-traffic:src_ref.value"), port("src"));
  const urls = all("url:value");
  const url =
    urls[0]?.trim() ?? all("network-traffic:extensions.http-request-ext.request_value")[0];
  const header = "network-traffic:extensions.http-request-ext.request_header.host";
  const hosts = all("domain-name:value", "hostname:value", header);
  const addresses = all(
    "ipv4-addr:value",
    "ipv6-addr:value",
    "network-traffic:dst_ref.value",
    "domain-name:resolves_to_refs.value",
    "network-traffic:dst_ref.resolves_to_refs.value",
  );
  const more = {
    ...(opener ? { opener } : {}),
    ...(url === undefined ? {} : { url }),
    ...protocolIn(all("network-traffic:protocols")),
  };
  const served = url === undefined ? undefined : placeOfUrl(url);
  const places = placesOf(addresses, hosts, served);
  const at = port("dst") ?? (opener ? undefined : port("src"));
  if (places.length > 0) return places.map((host) => ({ ...more, host: withPort(host, at) }));
  // A URL without a host is a path: whose, the pattern does not say.
  return opener ? [more] : [];
}

/** One place an address, with the name that stands beside it; one a name where there is no address. */
function placesOf(
  addresses: readonly string[],
  hosts: readonly string[],
  served: Place | undefined,
): Place[] {
  const names = [
    ...hosts.map((host) => readPlace(host) ?? { address: host }),
    ...(served ? [served] : []),
  ];
  const found = addresses.map((text): Place => named(text, undefined)!);
  const [name] = names.filter((place) => place.host !== undefined);
  if (found.length === 0)
    return served && hosts.length === 0 ? [served] : names.slice(0, Math.max(1, hosts.length));
  return found.map((place) => ({ ...name, ...place }));
}

/** What a text names; one that is neither address nor host name is kept as an address, for which the row will be refused. */
function named(text: string, port: number | undefined): Place | undefined {
  return text === "" ? undefined : withPort(readPlace(text) ?? { address: text }, port);
}

function withPort(place: Place, port: number | undefined): Place {
  return port === undefined ? place : { ...place, port };
}
