import type { Kind } from "../../core/taxonomy/index.ts";
import type { Found, Place } from "../shared/document/index.ts";
import { isVictimKind, kindOfConnection, opensConnection } from "../shared/labels/index.ts";

/** What an object points at: one host, or the two ends of a connection. */
export interface Sighted {
  /** Who opened the connection. */
  readonly opener?: Place | undefined;
  /** Whom it was opened to; also a host of which nothing is said but that it is bad. */
  readonly host?: Place | undefined;
  readonly url?: string;
  readonly protocol?: string;
  /** What the document says of the host, for `extra`. */
  readonly extra?: Readonly<Record<string, string>>;
}

type Sides = Pick<Found, "kind" | "victim" | "origin" | "url" | "protocol" | "extra">;

/** Which of the two is the victim: who opens a connection to a C2 server, but not who opens one to attack. */
export function sidesOf(sighted: Sighted, kind: Kind): Sides {
  const { opener, host } = sighted;
  if (opener && host) {
    const attack = opensConnection(kind);
    return {
      ...said(sighted, ""),
      kind: kindOfConnection(kind),
      victim: attack ? host : opener,
      origin: attack ? opener : host,
    };
  }
  const victim = isVictimKind(kind);
  return {
    ...said(sighted, victim ? "victim." : ""),
    kind,
    [victim ? "victim" : "origin"]: opener ?? host,
  };
}

function said(
  { url, protocol, extra }: Sighted,
  prefix: string,
): Pick<Found, "url" | "protocol" | "extra"> {
  const named = Object.entries(extra ?? {}).map(([name, text]) => [prefix + name, text]);
  return {
    ...(url === undefined ? {} : { url }),
    ...(protocol === undefined ? {} : { protocol }),
    extra: Object.fromEntries(named) as Record<string, string>,
  };
}

/** The protocol of transport among those of all layers. */
export function protocolIn(protocols: readonly string[]): { protocol?: string } {
  const transport = protocols.find((name) => /^(tcp|udp|icmp|icmp6|icmpv6|sctp|gre)$/i.test(name));
  return transport === undefined ? {} : { protocol: transport };
}
