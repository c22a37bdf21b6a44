import type { Kind } from "../../core/taxonomy/index.ts";
import type { Found, Place } from "../shared/document/index.ts";
import { isVictimKind, kindOfConnection, opensConnection } from "../shared/labels/index.ts";
import type { Named } from "./attribute-value.ts";

/** One host, or two that talk, out of an object. */
export interface Flow {
  /** Who opened the connection, if the object tells the two apart. */
  readonly from?: Place | undefined;
  readonly to?: Place | undefined;
  readonly url?: string;
}

/** The flows of an object: every host of one end with every host of the other. */
export function flowsOf(named: readonly Named[]): Flow[] {
  const from = placesOf(named.filter(({ end }) => end === "from"));
  const to = placesOf(named.filter(({ end }) => end !== "from"));
  const urls = named.filter(({ url }) => url !== undefined);
  if (from.length === 0 || to.length === 0)
    return [
      ...from.map((place) => ({ from: place, ...urlFor(urls, place) })),
      ...to.map((place) => ({ to: place, ...urlFor(urls, place) })),
    ];
  return from.flatMap((one) =>
    to.map((other) => ({ from: one, to: other, ...urlFor(urls, other) })),
  );
}

/** The hosts of one end: addresses, each with the name and the port that stand beside; names where there is no address. */
function placesOf(named: readonly Named[]): Place[] {
  const places = named.map(({ place }) => place).filter((place) => place !== undefined);
  const port =
    named.find((one) => one.port !== undefined)?.port ??
    places.find((one) => one.port !== undefined)?.port;
  const names = unique(places.map(({ host }) => host).filter((host) => host !== undefined));
  const addressed = places.filter(({ address }) => address !== undefined);
  const beside = names.length === 1 ? { host: names[0]! } : {};
  const hosts: Place[] =
    addressed.length > 0
      ? addressed.map((place) => ({ ...beside, ...place }))
      : names.map((host) => ({ host }));
  const ported = hosts.map((place) => ({ ...(port === undefined ? {} : { port }), ...place }));
  return [...new Map(ported.map((place) => [`${place.address} ${place.host}`, place])).values()];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** The URL on that host; the only one if there is one. */
function urlFor(urls: readonly Named[], place: Place): Pick<Flow, "url"> {
  const own = urls.find(
    (one) =>
      one.place?.host === place.host &&
      (place.host !== undefined || one.place?.address === place.address),
  );
  const url = own?.url ?? (urls.length === 1 ? urls[0]!.url : undefined);
  return url === undefined ? {} : { url };
}

/** Which end is the victim: who calls a C2 server, but not who attacks. */
export function sidesOf({ from, to, url }: Flow, kind: Kind): Partial<Found> {
  const said = url === undefined ? {} : { url };
  if (!from || !to) return { ...said, [isVictimKind(kind) ? "victim" : "origin"]: from ?? to };
  const attack = opensConnection(kind);
  return {
    ...said,
    kind: kindOfConnection(kind),
    victim: attack ? to : from,
    origin: attack ? from : to,
  };
}
