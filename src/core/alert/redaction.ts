import type { Finding, Side } from "../finding/index.ts";
import type { Institution, TrustTier } from "../institution/index.ts";
import { type Tlp, tlpLevels } from "../marking/index.ts";
import type { Kind } from "../taxonomy/index.ts";
import type { Instant } from "../time/index.ts";
import { evidenceUrl, namesAnother } from "./evidence-url.ts";

/** The other side of a finding: a victim of an origin, an origin that affects a victim. */
export interface Counterpart {
  readonly address: string;
  readonly host: string;
  /** 0 if it is not known. */
  readonly asn: number;
  readonly sector: string;
}

/** What somebody may answer for: a counterpart, or the asset of a finding. */
export type Asset = Counterpart;

/** What is known of the other side. */
export interface Counterparts {
  /** Distinct ones in all. */
  readonly count: number;
  /** Distinct ones by sector; may be empty if nobody counted. */
  readonly bySector: Readonly<Record<string, number>>;
  /** Some of them, or all. */
  readonly known: readonly Counterpart[];
}

/** The receiving side, as redaction sees it. */
export interface Recipient {
  readonly institution: Pick<Institution, "country" | "tier" | "maxTlp">;
  /** Whether the message is going to be encrypted to the contact. */
  readonly encrypted: boolean;
  /** The countries that are home, ISO 3166-1 alpha-2. */
  readonly home: readonly string[];
  /** Whether the institution itself answers for this address or host: by the directory, not by the rules. */
  answersFor(asset: Asset): boolean;
  /** An HMAC, keyed for this one partner: the same victim has the same name in all messages to it, and another one elsewhere. */
  pseudonym(victim: string): string;
  /** What kind of feed this is, in a word; empty: not told. */
  feedClass(feed: string): string;
  /** Whether the feed's licence allows that a partner is told its name. */
  mayNameFeed(feed: string): boolean;
}

/** What a message says about victims on the other side of an origin. */
export type Victims =
  | { readonly say: "count"; readonly count: number }
  | {
      readonly say: "by-sector";
      readonly count: number;
      readonly bySector: Readonly<Record<string, number>>;
    }
  | { readonly say: "pseudonyms"; readonly count: number; readonly pseudonyms: readonly string[] }
  /** The institution's own, in full; `count` has the others as well. */
  | { readonly say: "own"; readonly count: number; readonly own: readonly Counterpart[] };

/** A finding as one institution may see it. Everything in it may be printed; nothing else of the finding may. */
export interface RedactedItem {
  readonly side: Side;
  readonly kind: Kind;
  readonly family: string;
  readonly asset: string;
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly country: string;
  readonly asn: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly observations: number;
  readonly confidence: number | null;
  /** Evidence, as it is (defanging is the writer's); shortened for T0; empty if there is none. */
  readonly url: string;
  /** Of an origin: whom it affects; `null` of a victim. */
  readonly victims: Victims | null;
  /** Of a victim: the addresses that affect it, at most {@link SAMPLE}; empty of an origin. */
  readonly offenders: readonly string[];
  /** Feed classes or names; empty where the tier sees none. */
  readonly feeds: readonly string[];
  readonly tlp: Tlp;
}

/** Why a finding is not in a message. */
export type WithheldReason =
  | "tier-unknown"
  | "marking-unknown"
  | "tlp-above"
  | "not-encrypted"
  | "victim-of-another";

/** An item, or why there is none. */
export type Redaction =
  | { readonly item: RedactedItem; readonly withheld: null }
  | { readonly item: null; readonly withheld: WithheldReason };

/** Of what is told by example, not more than this. */
export const SAMPLE = 20;

/** What a tier may see: a line of ALERTING 6.5. Attribution and other victims' names are no field at all. */
interface TierRights {
  readonly maxTlp: Tlp;
  readonly evidence: "short" | "full";
  readonly victims: Victims["say"];
  readonly feeds: "none" | "class" | "named";
}

const RIGHTS: Readonly<Record<TrustTier, TierRights>> = {
  T0: { maxTlp: "clear", evidence: "short", victims: "count", feeds: "none" },
  T1: { maxTlp: "green", evidence: "full", victims: "count", feeds: "none" },
  T2: { maxTlp: "amber", evidence: "full", victims: "by-sector", feeds: "class" },
  T3: { maxTlp: "amber+strict", evidence: "full", victims: "pseudonyms", feeds: "named" },
  T4: { maxTlp: "amber+strict", evidence: "full", victims: "own", feeds: "class" },
};

/**
 * What an institution may see of a finding. Only what is listed here leaves: a tier, a marking or a field that is not known leaves
 * nothing. A victim's own facts go to an institution at home that answers for it, and to nobody else; an institution abroad never
 * sees the address of a victim at home, whatever its tier.
 */
export function redact(
  finding: Finding,
  counterparts: Counterparts,
  recipient: Recipient,
): Redaction {
  const rights = rightsOf(recipient.institution.tier);
  const withheld = whyWithheld(finding, rights, recipient);
  if (withheld !== null || rights === undefined)
    return { item: null, withheld: withheld ?? "tier-unknown" };
  const isOrigin = finding.side === "origin";
  return {
    withheld: null,
    item: {
      side: finding.side,
      kind: finding.kind,
      family: finding.family,
      asset: finding.asset,
      address: finding.address,
      host: finding.host,
      port: finding.port,
      protocol: finding.protocol,
      country: finding.country,
      asn: finding.asn,
      firstSeen: finding.firstSeen,
      lastSeen: finding.lastSeen,
      observations: finding.observations,
      confidence: finding.confidence,
      url: evidenceFor(rights, finding, counterparts, recipient),
      victims: isOrigin ? victimsFor(rights, counterparts, recipient) : null,
      offenders: isOrigin ? [] : offendersIn(counterparts),
      feeds: feedsFor(rights, finding.feeds, recipient),
      tlp: finding.tlp,
    },
  };
}

/** The strictest marking that may go to an institution: the lower of what its tier and what it itself allows. `null`: nothing may. */
export function tlpCeiling(institution: Pick<Institution, "tier" | "maxTlp">): Tlp | null {
  const rights = rightsOf(institution.tier);
  const own = tlpLevels.indexOf(institution.maxTlp);
  if (rights === undefined || own < 0) return null;
  return tlpLevels[Math.min(own, tlpLevels.indexOf(rights.maxTlp))]!;
}

/** Whether something of this marking leaves encrypted or not at all. */
export function needsEncryption(tlp: Tlp): boolean {
  return !(tlp === "clear" || tlp === "green");
}

/** Counterparts of whom only the number is known. */
export function countOnly(finding: Pick<Finding, "counterparts">): Counterparts {
  return { count: finding.counterparts, bySector: {}, known: [] };
}

function rightsOf(tier: TrustTier): TierRights | undefined {
  return Object.hasOwn(RIGHTS, tier) ? RIGHTS[tier] : undefined;
}

function whyWithheld(
  finding: Finding,
  rights: TierRights | undefined,
  recipient: Recipient,
): WithheldReason | null {
  if (rights === undefined) return "tier-unknown";
  const marking = tlpLevels.indexOf(finding.tlp);
  const ceiling = tlpCeiling(recipient.institution);
  if (marking < 0 || ceiling === null) return "marking-unknown";
  if (marking > tlpLevels.indexOf(ceiling)) return "tlp-above";
  if (needsEncryption(finding.tlp) && !recipient.encrypted) return "not-encrypted";
  if (finding.side !== "origin" && !seesOwn(finding, recipient)) return "victim-of-another";
  return null;
}

/**
 * The URL of an origin may carry the address of a victim: then it is shortened, and left out if that does not help. What goes abroad has
 * neither query nor fragment: what a victim's computer tells its master there is nobody's abroad.
 */
function evidenceFor(
  rights: TierRights,
  finding: Finding,
  { known }: Counterparts,
  recipient: Recipient,
): string {
  const abroad = !recipient.home.includes(recipient.institution.country);
  const length = finding.side === "origin" && abroad ? "short" : rights.evidence;
  const url = evidenceUrl(finding, length);
  const others =
    finding.side === "origin" ? known.flatMap(({ address, host }) => [address, host]) : [];
  const candidates = [url, evidenceUrl(finding, "short")];
  return candidates.find((it) => !namesAnother(it, finding, others)) ?? "";
}

/** Whether a victim is the institution's own: it is at home, and answers for it. */
function seesOwn(victim: Asset, recipient: Recipient): boolean {
  return recipient.home.includes(recipient.institution.country) && recipient.answersFor(victim);
}

function victimsFor(
  rights: TierRights,
  { count, bySector, known }: Counterparts,
  recipient: Recipient,
): Victims {
  switch (rights.victims) {
    case "count":
      return { say: "count", count };
    case "by-sector":
      return { say: "by-sector", count, bySector: { ...bySector } };
    case "pseudonyms":
      return {
        say: "pseudonyms",
        count,
        pseudonyms: known
          .slice(0, SAMPLE)
          .map((victim) => recipient.pseudonym(victim.host || victim.address)),
      };
    case "own":
      return {
        say: "own",
        count,
        own: known
          .filter((victim) => seesOwn(victim, recipient))
          .map(({ address, host, asn, sector }) => ({ address, host, asn, sector })),
      };
  }
}

function offendersIn({ known }: Counterparts): string[] {
  return known.slice(0, SAMPLE).map(({ address, host }) => address || host);
}

function feedsFor(
  rights: TierRights,
  feeds: readonly string[],
  recipient: Recipient,
): readonly string[] {
  if (rights.feeds === "none") return [];
  const words = feeds.map((feed) =>
    rights.feeds === "named" && recipient.mayNameFeed(feed) ? feed : recipient.feedClass(feed),
  );
  return [...new Set(words)].filter((word) => word !== "").toSorted();
}
