import { z } from "zod";
import {
  channels,
  contactRoles,
  institutionKinds,
  responsibilityKinds,
  trustTiers,
} from "../../core/institution/index.ts";
import { tlpLevels } from "../../core/marking/index.ts";
import { Count, CountryCode } from "./shared.ts";

const Instant = z.string().describe("ISO 8601, UTC");
const Standing = z.enum(["usable", "unverified", "verification-lapsed", "superseded", "expired"]);
const Source = z.strictObject({ source: z.string(), manual: z.boolean(), importedAt: Instant });

const Hours = z.strictObject({
  timeZone: z.string(),
  weekdays: z.array(z.int().min(1).max(7)),
  from: z.string(),
  until: z.string(),
  holidays: z.array(z.string()),
});

/** `tocsin institution verify CONTACT --json` */
export const InstitutionVerifyAnswer = z.strictObject({
  id: z.string(),
  institution: z.string(),
  role: z.enum(contactRoles),
  channel: z.enum(channels),
  address: z.string(),
  order: Count,
  language: z.string(),
  key: z
    .strictObject({
      type: z.enum(["openpgp", "smime"]),
      fingerprint: z.string(),
      text: z.string(),
      expires: Instant.nullable(),
    })
    .nullable(),
  hours: Hours.nullable(),
  status: z.enum(["official", "unverified", "superseded"]),
  verified: z.strictObject({ at: Instant, by: z.string(), how: z.string() }).nullable(),
  expires: Instant.nullable(),
  provenance: Source,
  standing: Standing,
  placeholder: z.string().nullable().describe("why nobody reads it, if that is known"),
});

const Institution = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(institutionKinds),
  country: CountryCode,
  languages: z.array(z.string()),
  tier: z.enum(trustTiers),
  relation: z.strictObject({
    state: z.enum(["active", "silent", "suspended"]),
    since: Instant,
    reason: z.string(),
  }),
  agreement: z.string(),
  maxTlp: z.enum(tlpLevels),
  optedOut: z.boolean(),
  provenance: Source,
});

const Part = z.strictObject({
  kind: z.enum(responsibilityKinds),
  value: z.string(),
  provenance: Source,
});

/** `tocsin institution show ID --json`, and `add` and `edit`. */
export const InstitutionAnswer = Institution.extend({
  contacts: z.array(InstitutionVerifyAnswer),
  answersFor: z.array(Part),
});

/** `tocsin institution list --json` */
export const InstitutionListAnswer = z.strictObject({
  institutions: z.array(Institution.extend({ contacts: Count, usable: Count, answersFor: Count })),
});

/** `tocsin institution remove ID --json` */
export const InstitutionRemoveAnswer = z.strictObject({ removed: z.string() });

/** `tocsin institution import --json` */
export const InstitutionImportAnswer = z.strictObject({
  source: z.string(),
  whole: z.boolean().describe("whether what is not in it has gone from the source"),
  applied: z.boolean(),
  added: Count,
  changed: Count,
  removed: Count,
  changes: z.array(
    z.strictObject({
      of: z.enum(["institution", "contact", "responsibility"]),
      change: z.enum(["added", "changed", "removed"]),
      subject: z.string(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  refused: z.array(z.strictObject({ line: Count, reason: z.string() })),
});

/** `tocsin institution lookup SUBJECT --json` */
export const InstitutionLookupAnswer = z.strictObject({
  subject: z.string(),
  answers: z.array(
    z.strictObject({
      kind: z.enum(responsibilityKinds),
      value: z.string(),
      manual: z.boolean(),
      source: z.string(),
      institution: z.string(),
      name: z.string(),
      contacts: z.array(InstitutionVerifyAnswer),
    }),
  ),
  network: z.array(InstitutionImportAnswer),
});
