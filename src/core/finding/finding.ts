import type { Tlp } from "../marking/index.ts";
import type { Kind } from "../taxonomy/index.ts";
import type { Instant } from "../time/index.ts";

/** Which side of an observation the asset is. */
export type Side = "victim" | "origin";

/**
 * One asset affected by one threat: all observations of the same side, kind, family and asset, folded. The asset is the address, or the
 * host where the kind is about web sites (`web-backdoor`) or the feed gives nothing else.
 */
export interface Finding {
  /** 64 bits in hex, of side, kind, family and asset: the same in every process. */
  readonly key: string;
  readonly side: Side;
  readonly kind: Kind;
  /** Empty if no feed says. */
  readonly family: string;
  /** An address or a host name. */
  readonly asset: string;
  /** Of the newest observation that has one, as all facts below; empty or 0 if none has. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly url: string;
  /** By the location table. */
  readonly country: string;
  readonly asn: number;
  readonly sector: string;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** Observations folded in. */
  readonly observations: number;
  /** Distinct addresses, or hosts, on the other side, when they were last counted; 0 if they never were. */
  readonly counterparts: number;
  /** The strictest marking of an observation in it. */
  readonly tlp: Tlp;
  /** 0 to 100, the best of its observations; `null` if no feed says. */
  readonly confidence: number | null;
  /** Feeds that told of it, by name, sorted. */
  readonly feeds: readonly string[];
}

/**
 * The kind of the finding that an observation of a kind makes of its asset on a side: whoever controls an infected computer is a C2 server,
 * whether a feed lists it as one or not.
 */
export function kindOnSide(side: Side, kind: Kind): Kind {
  return side === "origin" && kind === "infected-system" ? "c2-server" : kind;
}

/**
 * What a finding's asset suffers or does, by which findings are grouped: `c2-server/zeus`, `web-backdoor`.
 */
export function threatOf(finding: Pick<Finding, "kind" | "family">): string {
  return finding.family === "" ? finding.kind : `${finding.kind}/${finding.family}`;
}
