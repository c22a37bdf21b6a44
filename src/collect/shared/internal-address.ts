/** Addresses inside: a remote side must not make us ask them. */
import { lookup as lookupHost, type LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { FeedFault } from "../../app/collect-ports.ts";

const internal = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
] as const)
  internal.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["2002::", 16],
  ["fec0::", 10],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  internal.addSubnet(network, bits, "ipv6");

/** Whether an address is one of a private, link-local or loopback network, or an IPv6 address that stands for an IPv4 address. */
export function isInternal(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isInternal(mapped);
  const family = isIP(address);
  return family !== 0 && internal.check(address, family === 6 ? "ipv6" : "ipv4");
}

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
