import { z } from "zod";
import type { AddressFacts, ObservationRecord } from "../../app/ports.ts";
import { Count, CountryCode } from "./shared.ts";

const Observation = z.strictObject({
  seenAt: z.string(),
  seenUntil: z.string().nullable(),
  kind: z.string(),
  family: z.string(),
  victim: z.string(),
  victimPort: Count,
  victimHost: z.string(),
  victimCountry: CountryCode,
  victimAsn: Count,
  origin: z.string(),
  originPort: Count,
  originHost: z.string(),
  originCountry: CountryCode,
  originAsn: Count,
  protocol: z.string(),
  url: z.string(),
  sector: z.string(),
  count: Count,
  confidence: z.int().min(0).max(100).nullable(),
  tlp: z.string(),
  eventId: z.string(),
  feed: z.string(),
  file: z.string(),
  line: Count,
  identity: z.string(),
  extra: z.string(),
}) satisfies z.ZodType<ObservationRecord>;

const Side = z.enum(["victim", "origin"]);

const Facts = z.strictObject({
  address: z.string(),
  side: Side,
  observations: Count,
  times: Count,
  firstSeen: z.string().nullable(),
  lastSeen: z.string().nullable(),
  days: Count,
  counterparts: Count.describe("distinct addresses on the other side"),
  located: z.array(
    z.strictObject({
      country: CountryCode,
      asn: Count,
      mark: z.string(),
      table: z.strictObject({ name: z.string(), date: z.string() }),
    }),
  ),
  feeds: z.array(z.strictObject({ feed: z.string(), observations: Count, lastSeen: z.string() })),
  kinds: z.array(z.strictObject({ kind: z.string(), family: z.string(), observations: Count })),
  counterpartCountries: z.array(z.strictObject({ country: CountryCode, addresses: Count })),
  hosts: z.array(z.string()),
  recent: z.array(Observation).describe("the newest, at most 20"),
}) satisfies z.ZodType<AddressFacts>;

/** `tocsin origin ADDRESS --json`, `tocsin victim ADDRESS --json`; `facts` is null where nothing is known. */
export const AddressAnswer = z.strictObject({
  side: Side,
  address: z.string(),
  facts: Facts.nullable(),
});
