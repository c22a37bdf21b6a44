/** Addresses inside: a remote side must not make us ask them. */
import { lookup as lookupHost, type LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { FeedFault } from "../../app/collect-ports.ts";
import { isInternal } from "../../core/network/index.ts";

/** The host of a URL, an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Whether a host has an address inside. */
export async function leadsInside(url: URL): Promise<boolean> {
  const host = hostOf(url);
  if (isIP(host)) return isInternal(host);
  const found = await lookup(host, { all: true }).catch((): LookupAddress[] => []);
  return found.some(({ address }) => isInternal(address));
}

/** A look-up that refuses hosts with an address inside, at the moment of the connection: nothing can change in between. */
export const outsideLookup: LookupFunction = (host, options, done) => {
  lookupHost(host, { ...options, all: true }, (error, found) => {
    const inside = found?.find(({ address }) => isInternal(address));
    if (error) return done(error, "", 0);
    if (inside) return done(refusal(host), "", 0);
    if (options.all) return done(null, found);
    const [first] = found;
    done(first ? null : refusal(host), first?.address ?? "", first?.family ?? 0);
  });
};

function refusal(host: string): FeedFault {
  return new FeedFault(
    "feed-refused",
    `${host} is an address inside, which nobody outside may name`,
  );
}
