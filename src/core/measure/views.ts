/**
 * Views: what is counted (a measure) by what (a grouping). A view maps the facet of an observation to the group that its key
 * counts in, or to none. Cube and scan use the same mapping, so that they cannot disagree.
 */
import { type FacetFields, sideBits } from "../observation/index.ts";
import {
  countsComputers,
  countsSites,
  type Kind,
  kindCode,
  kindOfCode,
} from "../taxonomy/index.ts";
import { type Cause, causeCode } from "./cause.ts";

/** Which key a measure counts: the victim's address, the origin's, or the victim's host name. */
export type Side = "victim" | "origin" | "site";

/** What is counted, and by which side's key. The stored code is the position. */
export const measures = [
  { name: "victims", side: "victim" },
  { name: "origins", side: "origin" },
  { name: "originsWithVictims", side: "origin" },
  { name: "websites", side: "site" },
  { name: "websiteOrigins", side: "origin" },
  { name: "excludedVictims", side: "victim" },
  { name: "excludedOrigins", side: "origin" },
] as const satisfies readonly { name: string; side: Side }[];

/** The name of a measure. */
export type Measure = (typeof measures)[number]["name"];

/** What a measure is grouped by; `all` is one group. The stored code is the position. */
export const groupings = [
  "all",
  "country",
  "asn",
  "sector",
  "family",
  "feed",
  "kind",
  "cause",
] as const;

/** One of {@link groupings}. */
export type Grouping = (typeof groupings)[number];

/** A measure by a grouping. */
export interface View {
  /** Stored code, below 256. */
  readonly code: number;
  readonly measure: Measure;
  readonly side: Side;
  readonly grouping: Grouping;
  /** Whether the view is brought up to date with every batch; the others are on the first question. */
  readonly eager: boolean;
}

/** All views that make sense. */
export const views: readonly View[] = measures.flatMap(({ name, side }, m) =>
  groupings.flatMap((grouping, g) => {
    const excluded = name === "excludedVictims" || name === "excludedOrigins";
    if (excluded !== (grouping === "cause")) return [];
    const eager =
      excluded ||
      grouping === "all" ||
      grouping === "country" ||
      (name === "websites" && grouping === "sector");
    return [{ code: m * groupings.length + g, measure: name, side, grouping, eager }];
  }),
);

/** The view of a measure by a grouping. */
export function viewOf(measure: Measure, grouping: Grouping): View {
  return views.find((view) => view.measure === measure && view.grouping === grouping)!;
}

/** The group of a view as a 64-bit value, two words. */
export interface Group {
  lo: number;
  hi: number;
}

/** A facet as a store keeps it: with the number of the feed. */
export interface FeedFacet extends FacetFields {
  feed: number;
}

/**
 * The group in which a key with this facet counts, or `undefined` if the view does not count it. `only` restricts the
 * question to one kind, whatever that kind is.
 */
export function groupOf(
  view: View,
  facet: FeedFacet,
  cause: Cause,
  only?: Kind,
): Group | undefined {
  if (only && facet.kind !== kindCode(only)) return undefined;
  const counted = cause === "counted" || (only !== undefined && cause === "otherKind");
  if (view.grouping === "cause") return counted ? undefined : { lo: causeCode(cause), hi: 0 };
  if (!counted || !counts[view.measure](facet, only)) return undefined;
  return groupValue(view.grouping, facet);
}

const counts: Record<Measure, (facet: FeedFacet, only?: Kind) => boolean> = {
  victims: isComputer,
  origins: isComputer,
  originsWithVictims: (facet, only) =>
    isComputer(facet, only) && (facet.sides & sideBits.victim) !== 0,
  websites: isSite,
  websiteOrigins: isSite,
  excludedVictims: () => false,
  excludedOrigins: () => false,
};

function isSite(facet: FeedFacet): boolean {
  const kind = kindOfCode(facet.kind);
  return kind !== undefined && countsSites(kind);
}

function isComputer(facet: FeedFacet, only?: Kind): boolean {
  const kind = kindOfCode(facet.kind);
  if (kind === undefined || countsSites(kind)) return false;
  return only !== undefined || countsComputers(kind);
}

function groupValue(grouping: Grouping, facet: FeedFacet): Group {
  switch (grouping) {
    case "all":
    case "cause":
      return { lo: 0, hi: 0 };
    case "country":
      return { lo: facet.originCountry, hi: 0 };
    case "asn":
      return { lo: facet.originAsn, hi: 0 };
    case "sector":
      return { lo: facet.sectorLo, hi: facet.sectorHi };
    case "family":
      return { lo: facet.familyLo, hi: facet.familyHi };
    case "feed":
      return { lo: facet.feed, hi: 0 };
    case "kind":
      return { lo: facet.kind, hi: 0 };
  }
}
