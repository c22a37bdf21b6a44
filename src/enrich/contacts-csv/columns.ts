import { z } from "zod";
import {
  channels,
  contactRoles,
  institutionKinds,
  isTimeZone,
  trustTiers,
} from "../../core/institution/index.ts";
import { parseTlp, type Tlp } from "../../core/marking/index.ts";
import { fingerprintOf, instantFrom } from "../shared/directory/addresses.ts";

const words = (text: string): string[] => text.split(/[\s;]+/).filter((word) => word !== "");

/** A cell that may be empty: then it is absent. */
function maybe<Output>(read: (text: string) => Output | undefined, says: string) {
  return z
    .string()
    .default("")
    .transform((text, context) => {
      if (text === "") return undefined;
      const value = read(text);
      if (value === undefined) context.addIssue({ code: "custom", message: says });
      return value;
    });
}

const oneOf = <Word extends string>(all: readonly Word[]) =>
  maybe((text) => all.find((word) => word === text.toLowerCase()), `is none of ${all.join(", ")}`);

/**
 * The columns of our own CSV. A row is one contact; cells about the institution may stay empty where a row above it
 * said them.
 */
export const ContactRow = z.strictObject({
  /** Its id: small letters, digits and hyphens. */
  institution: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: "is no id of small letters, digits and hyphens",
  }),
  name: maybe((text) => text, ""),
  kind: oneOf(institutionKinds),
  country: maybe(
    (text) => /^[A-Za-z]{2}$/.exec(text)?.[0].toUpperCase(),
    "is no code of two letters",
  ),
  /** BCP 47, best first. */
  languages: maybe(
    (text) =>
      words(text).every((it) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(it))
        ? words(text)
        : undefined,
    "are no language tags",
  ),
  tier: maybe(
    (text) => trustTiers.find((tier) => tier === text.toUpperCase()),
    "is no tier T0 to T4",
  ),
  agreement: maybe((text) => text, ""),
  max_tlp: maybe((text): Tlp | undefined => parseTlp(text), "is no TLP label"),
  opted_out: maybe(
    (text) => ({ yes: true, no: false })[text.toLowerCase()],
    "is neither yes nor no",
  ),
  role: oneOf(contactRoles),
  channel: oneOf(channels),
  address: z.string().default(""),
  order: maybe((text) => (/^\d{1,3}$/.test(text) ? Number(text) : undefined), "is no number"),
  language: maybe(
    (text) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.exec(text)?.[0],
    "is no language tag",
  ),
  key_type: oneOf(["openpgp", "smime"] as const),
  key_fingerprint: maybe(fingerprintOf, "is no fingerprint"),
  key_expires: maybe((text) => instantFrom(text) ?? undefined, "is no date"),
  /** `08:00-16:00 Mon-Fri`; empty: round the clock. */
  hours: maybe((text) => text, ""),
  time_zone: maybe((text) => (isTimeZone(text) ? text : undefined), "is no IANA time zone"),
  expires: maybe((text) => instantFrom(text) ?? undefined, "is no date"),
  status: oneOf(["unverified", "superseded"] as const),
  /** Separated by blanks: `AS64500 192.0.2.0/24 example.no country:NO sector:energy`. */
  answers_for: z.string().default("").transform(words),
});
export type ContactRow = z.output<typeof ContactRow>;
