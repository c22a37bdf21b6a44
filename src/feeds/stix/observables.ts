import {
  type JsonObject,
  objectIn,
  type Place,
  placeOfUrl,
  readPlace,
  textIn,
  textsIn,
  wholeNumber,
} from "../shared/document/index.ts";
import { protocolIn, type Sighted } from "./sighted.ts";

/** Finds the object that a reference names: in the document (STIX 2.1), or in the observed data itself (2.0). */
export type Resolve = (ref: string) => JsonObject | undefined;

/** The objects that references name, of those that are found. */
export function resolveAll(refs: readonly string[], resolve: Resolve): JsonObject[] {
  return refs.map(resolve).filter((object) => object !== undefined);
}

/** What observables point at: connections first, then names with their addresses, URLs, and what is left. */
export function sightedInObservables(objects: readonly JsonObject[], resolve: Resolve): Sighted[] {
  const finder = new Finder(resolve);
  for (const type of ["network-traffic", "url", "domain-name", "ipv4-addr", "ipv6-addr"])
    for (const object of objects) if (textIn(object, "type") === type) finder.add(type, object);
  return finder.found;
}

class Finder {
  readonly found: Sighted[] = [];
  readonly #resolve: Resolve;
  /** Values that stand in what was found: alone they say nothing more. */
  readonly #used = new Set<string>();

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  add(type: string, object: JsonObject): void {
    if (type === "network-traffic") this.#addTraffic(object);
    else if (type === "url") this.#addUrl(textIn(object, "value"));
    else if (!this.#used.has(textIn(object, "value"))) {
      for (const host of this.#placesOf(object)) this.found.push({ host, ...this.#system(object) });
    }
  }

  #addTraffic(traffic: JsonObject): void {
    const openers = this.#end(traffic, "src");
    const hosts = this.#end(traffic, "dst");
    const request = objectIn(objectIn(traffic, "extensions"), "http-request-ext");
    const path = textIn(request, "request_value");
    const more = {
      ...protocolIn(textsIn(traffic, "protocols")),
      ...(path === "" ? {} : { url: path }),
      ...this.#system(this.#resolve(textIn(traffic, "dst_ref"))),
    };
    if (openers.length === 0 || hosts.length === 0)
      for (const host of [...openers, ...hosts]) this.found.push({ ...more, host });
    for (const opener of openers)
      for (const host of hosts) this.found.push({ ...more, opener, host });
  }

  #end(traffic: JsonObject, end: "src" | "dst"): Place[] {
    const object = this.#resolve(textIn(traffic, `${end}_ref`));
    const port = wholeNumber(traffic[`${end}_port`], 1, 65_535);
    const places = object ? this.#placesOf(object) : [];
    return places.map((place) => (port === undefined ? place : { ...place, port }));
  }

  #addUrl(url: string): void {
    const host = placeOfUrl(url);
    if (!host) return;
    this.#use(host.host ?? host.address ?? "");
    this.found.push({ host, url });
  }

  /** An address; or a name, once for each address that it led to. */
  #placesOf(object: JsonObject): Place[] {
    const value = textIn(object, "value");
    if (value === "") return [];
    this.#use(value);
    const place = readPlace(value) ?? { address: value };
    const targets = resolveAll(textsIn(object, "resolves_to_refs"), this.#resolve);
    const addresses = targets.flatMap((target) => {
      const text = textIn(target, "value");
      const resolved = readPlace(text);
      if (place.host === undefined || resolved?.address === undefined) return [];
      this.#use(text);
      return { host: place.host, address: resolved.address };
    });
    return addresses.length > 0 ? addresses : [place];
  }

  #use(value: string): void {
    this.#used.add(value);
  }

  /** The autonomous system that the document says an address belongs to. */
  #system(object: JsonObject | undefined): Pick<Sighted, "extra"> {
    if (!object) return {};
    const addresses = resolveAll(textsIn(object, "resolves_to_refs"), this.#resolve);
    const refs = [object, ...addresses].flatMap((one) => textsIn(one, "belongs_to_refs"));
    const [system] = resolveAll(refs, this.#resolve);
    const number = system ? textIn(system, "number") : "";
    return number === "" ? {} : { extra: { "autonomous-system.number": number } };
  }
}
