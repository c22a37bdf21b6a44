import type { ReportedFact } from "../../../app/ports.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { Kind } from "../../../core/taxonomy/index.ts";
import type { KindRules } from "../mapping/index.ts";
import type { DateOrder } from "./moment.ts";
import type { Role } from "./role.ts";

/** Columns that stand beside those of a row, or in their place; what is `undefined` or `""` says nothing. */
export type Facts = Readonly<Record<string, string | undefined>>;

/**
 * What a column can tell. The *subject* is the host that the row is about, the *peer* the one on the other side, if the row names
 * one. `indicator` and `peer` may hold whatever names a host: address, `address:port`, network, name, URL.
 */
export const recordFields = [
  "time",
  "until",
  "address",
  "port",
  "host",
  "url",
  "indicator",
  "peerAddress",
  "peerPort",
  "peerHost",
  "peerUrl",
  "peer",
  "protocol",
  "family",
  "count",
  "confidence",
  "tlp",
  "eventId",
] as const;

/** One of {@link recordFields}. */
export type RecordField = (typeof recordFields)[number];

/** How the rows of a list become observations: data, not code. Column names are compared as they stand. */
export interface RecordMapping {
  /** Its version, stored with each batch. Another meaning of a column is another version. */
  readonly version: string;
  /** The first column with something readable in it wins; of times and addresses, the first with anything in it. */
  readonly fields: Readonly<Partial<Record<RecordField, string | readonly string[]>>>;
  readonly kind: Kind | KindRules;
  /** The side of the subject; `by-kind`: as {@link roleOf} says. */
  readonly subject: Role | "by-kind";
  /** With `by-kind`: the kinds that are otherwise in this feed. */
  readonly roles?: Readonly<Partial<Record<Kind, Role>>>;
  /** The columns in which the feed says where subject and peer are. `extra` has them as `asn`, `AS64496` made `64496`. */
  readonly reported?: {
    readonly asn?: string;
    readonly country?: string;
    readonly peerAsn?: string;
    readonly peerCountry?: string;
  };
  readonly tlp: Tlp;
  /** What holds for all rows that say nothing else. */
  readonly always?: {
    readonly family?: string;
    readonly protocol?: string;
    readonly port?: string;
  };
  readonly confidence?: number | Readonly<Record<string, number>>;
  /** Words that mean that nothing is said, beside {@link silence}. */
  readonly nothing?: readonly string[];
  readonly offsetMinutes?: number;
  /** The IANA's name of the zone whose clocks show the times that name none: in place of `offsetMinutes`. */
  readonly zone?: string;
  readonly dateOrder?: DateOrder;
  /** Rows without a time are of the moment that the reading has for the whole list. */
  readonly undated?: boolean;
  /** What an `indicator` may be, where a list is of one sort; a network is taken for an address. */
  readonly only?: "address" | "url" | "host";
  /** A cell that cannot be read refuses the row, also where the row could do without it. */
  readonly strict?: boolean;
  /** Columns, or beginnings of their names with a star, that are not worth keeping. */
  readonly leaveOut?: readonly string[];
}

/** Words that mean, in any feed, that nothing is said. */
export const silence: ReadonlySet<string> = new Set([
  "",
  "-",
  "?",
  "N/A",
  "n/a",
  "null",
  "NULL",
  "None",
  "none",
]);

/** The members of `extra` with what the feed itself says of a side, for each side that the subject may stand on. */
export function reportedFacts(mapping: RecordMapping): Partial<Record<ReportedFact, string>> {
  const { subject, reported = {} } = mapping;
  const facts: [ReportedFact, string | undefined][] = (["victim", "origin"] as const).flatMap(
    (side) => {
      const own = subject === side || subject === "by-kind";
      const asn = own ? reported.asn : reported.peerAsn;
      const country = own ? reported.country : reported.peerCountry;
      return [
        [`${side}Asn`, asn && memberName(subject, side, asn)],
        [`${side}Country`, country && memberName(subject, side, country)],
      ] satisfies [ReportedFact, string | undefined][];
    },
  );
  return Object.fromEntries(facts.filter(([, name]) => name !== undefined));
}

/** Where the subject may stand on either side, the member's name says on which it stood. */
export function memberName(subject: RecordMapping["subject"], side: Role, column: string): string {
  return subject === "by-kind" ? `${side}_${column}` : column;
}
