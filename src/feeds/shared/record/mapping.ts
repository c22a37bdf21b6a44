import type { FieldName } from "../mapping/index.ts";

/**
 * The members of a record that can fill a field; the first one with something in it does, and the others stay in `extra`.
 * `lenient`: what cannot be read counts as not said and goes to `extra`, and the next member is tried.
 */
export interface MemberSource {
  readonly members: readonly string[];
  readonly lenient?: boolean;
}

/**
 * How the members of a flat record become an observation: data, not code. A feed whose records differ in who is the victim
 * has a mapping for each way.
 */
export interface RecordMapping {
  readonly fields: Readonly<Partial<Record<FieldName, string | readonly string[] | MemberSource>>>;
  /** Whose the URL is: its host is that side's host, or address, where no member names one; `nobody`'s tells nothing of a host. */
  readonly urlOf: "victim" | "origin" | "nobody";
  /** Words that a feed writes in a field, by what they stand for. */
  readonly words?: Readonly<Partial<Record<FieldName, ReadonlyMap<string, string>>>>;
  /** How the names of the members begin that tell of the victim; they are stored apart. */
  readonly victimMembers?: string;
  /** Members that are not kept: they say again what the others say. */
  readonly dropped?: readonly string[];
}

/** The source of a field, written out. */
export function memberSource(source: string | readonly string[] | MemberSource): MemberSource {
  if (typeof source === "string") return { members: [source] };
  return "members" in source ? source : { members: source };
}

/** A source that never costs the row. */
export function leniently(...members: readonly string[]): MemberSource {
  return { members, lenient: true };
}
