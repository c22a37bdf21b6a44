import type { ObservationRecord } from "../../app/ports.ts";

/**
 * The fields of a record that may leave in the words of a standard; a record that is given to a writer has no others. Where the row
 * was read (file, line) and how its host is classed at home (sector) are nobody else's business.
 */
export const outgoingFields = [
  "seenAt",
  "seenUntil",
  "kind",
  "family",
  "victim",
  "victimPort",
  "victimHost",
  "victimCountry",
  "victimAsn",
  "origin",
  "originPort",
  "originHost",
  "originCountry",
  "originAsn",
  "protocol",
  "url",
  "count",
  "confidence",
  "tlp",
  "eventId",
  "feed",
  "identity",
  "extra",
] as const satisfies readonly (keyof ObservationRecord)[];

/** What of an observation leaves. */
export type Outgoing = Pick<
  ObservationRecord,
  Exclude<(typeof outgoingFields)[number], "extra">
> & {
  /** What else the feed said, by the feed's names; without what an export of ours said of itself. */
  readonly extra: Readonly<Record<string, string>>;
};

/** The record without what may not leave. */
export function outgoing(record: ObservationRecord): Outgoing {
  const fields: Record<string, unknown> = {};
  for (const field of outgoingFields) fields[field] = record[field];
  fields["extra"] = extraOf(record.extra);
  return fields as unknown as Outgoing;
}

const MOST_KEPT = 1024;
const LONGEST_KEPT = 4096;
const kept = new Map<string, Outgoing["extra"]>();

/** Many records have the same text: its members are read once. */
function extraOf(text: string): Outgoing["extra"] {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const members = readExtra(text);
  if (kept.size === MOST_KEPT) kept.clear();
  if (text.length <= LONGEST_KEPT) kept.set(text, members);
  return members;
}

const own = /(^|[._-])tocsin([._-]|$)/i;

/** Members by our own name are left out: a feed shall not be able to speak for us. */
function readExtra(text: string): Outgoing["extra"] {
  if (text === "") return {};
  const members: unknown = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(members as Record<string, unknown>)
      .filter(([name]) => !own.test(name))
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
