import {
  type Place,
  placeOfUrl,
  readAddress,
  readPlace,
  refang,
  wholeNumber,
} from "../shared/document/index.ts";

/** What the value of an attribute names. */
export interface Named {
  /** `from`: who opened the connection, or attacked; `to`: whom it went to; `at`: no word of either. */
  readonly end: "from" | "to" | "at";
  readonly place?: Place;
  readonly url?: string;
  /** A port alone. */
  readonly port?: number;
}

const ends: readonly (readonly [RegExp, Named["end"]])[] = [
  [/(^|[-_.|])(src|source)([-_.|]|$)/, "from"],
  [/(^|[-_.|])(dst|dest|destination)([-_.|]|$)/, "to"],
];

/** Types whose values name a host. Composite ones have two values with a `|` between. */
const types: Readonly<Record<string, (value: string) => Omit<Named, "end"> | undefined>> = {
  "ip-src": (value) => ({ place: address(value) }),
  "ip-dst": (value) => ({ place: address(value) }),
  "ip-src|port": withPort,
  "ip-dst|port": withPort,
  hostname: (value) => ({ place: host(value) }),
  domain: (value) => ({ place: host(value) }),
  "hostname|port": withPort,
  "domain|ip": domainAndAddress,
  "onion-address": (value) => ({ place: host(value) }),
  "target-machine": (value) => ({ place: readPlace(value) ?? {} }),
  url: ofUrl,
  uri: ofUri,
};

/** Whether the values of this type name a host, all of them. */
export function isHostType(type: string): boolean {
  return Object.hasOwn(types, type) && type !== "uri";
}

/** What an attribute of this type, in this relation to its object, names; `undefined` if it names no host. */
export function readNamed(type: string, relation: string, value: string): Named | undefined {
  const read = Object.hasOwn(types, type) ? types[type] : undefined;
  const named = read?.(value) ?? ofPort(type, relation, value);
  return named && { ...named, end: endOf(relation) ?? endOf(type) ?? "at" };
}

/** By the object's relation where it has one: an object of a flow calls both its ends `ip-dst` in type. */
function endOf(words: string): Named["end"] | undefined {
  return ends.find(([pattern]) => pattern.test(words.toLowerCase()))?.[1];
}

/** What is no address is kept as one, for which the row is refused; some write a port behind it. */
function address(value: string): Place {
  return readAddress(value)
    ? { address: refang(value) }
    : (withAddress(readPlace(value)) ?? { address: value });
}

function withAddress(place: Place | undefined): Place | undefined {
  return place?.address === undefined ? undefined : place;
}

function host(value: string): Place {
  return readPlace(value) ?? { address: value };
}

function withPort(value: string): Omit<Named, "end"> {
  const [name = "", port] = split(value);
  const number = wholeNumber(port, 1, 65_535);
  return { place: { ...host(name), ...(number === undefined ? {} : { port: number }) } };
}

function domainAndAddress(value: string): Omit<Named, "end"> {
  const [name = "", of = ""] = split(value);
  return { place: of === "" ? host(name) : { ...host(name), ...address(of) } };
}

function ofUrl(value: string): Omit<Named, "end"> | undefined {
  const place = placeOfUrl(value);
  return place && { place, url: value };
}

/** A URI may be the path alone: on which host, it does not say. */
function ofUri(value: string): Omit<Named, "end"> | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? ofUrl(value) : undefined;
}

function ofPort(type: string, relation: string, value: string): Omit<Named, "end"> | undefined {
  if (type !== "port" && !/(^|[-_.])port$/.test(relation)) return undefined;
  const port = wholeNumber(value, 1, 65_535);
  return port === undefined ? undefined : { port };
}

/** MISP itself splits at the first bar; some tools write a colon before a port. */
function split(value: string): string[] {
  const bar = value.indexOf("|");
  return bar < 0 ? [value] : [value.slice(0, bar), value.slice(bar + 1).trim()];
}
