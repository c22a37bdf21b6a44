import { z } from "zod";
import type { ContactsFormat } from "../../app/case-ports.ts";
import {
  type ContactKey,
  hoursFrom,
  type InstitutionKind,
  type ReadingOptions,
  slug,
} from "../../core/institution/index.ts";
import { fingerprintOf, instantFrom } from "../shared/directory/addresses.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { jsonOf, wholeText } from "../shared/directory/whole-text.ts";

const Country = z.object({ code: z.string() });

/** A team as `https://www.trusted-introducer.org/directory/teams.json` has it; other members are left where they are. */
const Team = z.object({
  short_name: z.string().min(1),
  official_name: z.string().default(""),
  country: Country.nullish(),
  classification: z.object({ name: z.string() }).nullish(),
  constituency: z
    .object({
      types: z.array(z.string()).default([]),
      asns: z.array(z.union([z.number(), z.string()])).default([]),
      domains: z.array(z.string()).default([]),
      ipranges: z.array(z.string()).default([]),
      countries: z.array(Country).default([]),
    })
    .prefault({}),
  business_hours: z.string().nullish(),
  business_hours_timezone: z.string().nullish(),
  pgp_keys: z
    .array(z.object({ fingerprint: z.string(), expires: z.string().nullish() }))
    .default([]),
  phones: z
    .array(z.object({ number: z.string(), usage: z.array(z.string()).default([]) }))
    .default([]),
  emails: z
    .array(z.object({ address: z.string(), usage: z.array(z.string()).default([]) }))
    .default([]),
});
type Team = z.output<typeof Team>;

/** Teams of the Trusted Introducer, with the networks and domains of their constituencies. */
export const trustedIntroducerContacts: ContactsFormat = {
  name: "trusted-introducer",
  title: "Trusted Introducer's teams (directory/teams.json), JSON",
  whole: true,
  several: false,
  read: async (chunks, options) => readTeams(await wholeText(chunks), options),
};

function readTeams(text: string, options: ReadingOptions) {
  const builder = new DirectoryBuilder(options);
  const list = z.array(z.unknown()).safeParse(jsonOf(text));
  if (!list.success) builder.refuse(1, "it is no list of teams");
  for (const [at, item] of (list.data ?? []).entries()) {
    const team = Team.safeParse(item);
    const [issue] = team.success ? [] : team.error.issues;
    if (team.success) take(builder, team.data, at + 1);
    else builder.refuse(at + 1, `${issue?.path.join(".")}: ${issue?.message}`);
  }
  return builder.finish();
}

function take(builder: DirectoryBuilder, team: Team, number: number): void {
  const name = slug(team.short_name) || slug(team.official_name);
  if (name === "") return builder.refuse(number, "its names have no letter of ours");
  const institution = `ti-${name}`;
  const listed = team.classification?.name.toLowerCase() === "listed";
  builder.institution({
    id: institution,
    name: team.official_name || team.short_name,
    kind: kindOf(team),
    country: team.country?.code.toUpperCase() ?? "",
    // Whoever is accredited or certified has agreed to the TLP; a listed team has only given its name.
    tier: listed ? "T1" : "T2",
    maxTlp: listed ? "green" : "amber",
  });
  takeContacts(builder, team, institution, number);
  takeConstituency(builder, team, institution, number);
}

function takeContacts(
  builder: DirectoryBuilder,
  team: Team,
  institution: string,
  number: number,
): void {
  const hours = hoursFrom(team.business_hours ?? "", team.business_hours_timezone ?? "UTC");
  const key = keyOf(team);
  for (const { address } of team.emails)
    if (!builder.contact({ institution, address, role: "csirt", key, hours }))
      builder.refuse(number, "emails has an address that is none");
  for (const { number: address, usage } of team.phones)
    if (!usage.includes("fax"))
      builder.contact({
        institution,
        address,
        role: "csirt",
        channel: "phone",
        hours: usage.includes("emergency") ? null : hours,
      });
}

/** A country is taken only from a team that says it is the national one: others have constituents in it. */
function takeConstituency(
  builder: DirectoryBuilder,
  team: Team,
  institution: string,
  number: number,
): void {
  const { asns, domains, ipranges, countries } = team.constituency;
  const national = kindOf(team) === "national-csirt" ? countries.map(({ code }) => code) : [];
  const parts = [
    ...asns.map((it) => ["asn", String(it)] as const),
    ...domains.map((it) => ["domain", it] as const),
    ...ipranges.map((it) => ["cidr", it] as const),
    ...national.map((it) => ["country", it] as const),
  ];
  for (const [kind, value] of parts)
    if (!builder.responsible(institution, kind, value))
      builder.refuse(number, `constituency has what is no ${kind}: ${value}`);
}

function kindOf({ constituency }: Team): InstitutionKind {
  const national = constituency.types.some((type) => /^national\b/i.test(type));
  return national ? "national-csirt" : "sector-csirt";
}

/** The key that lasts longest. */
function keyOf({ pgp_keys: keys }: Team): ContactKey | null {
  const known = keys.flatMap(({ fingerprint: text, expires }): ContactKey[] => {
    const fingerprint = fingerprintOf(text);
    if (fingerprint === undefined) return [];
    return [{ type: "openpgp", fingerprint, text: "", expires: instantFrom(expires ?? "") }];
  });
  const last = (key: ContactKey): string => key.expires ?? "9999";
  return known.sort((left, right) => (last(left) < last(right) ? 1 : -1))[0] ?? null;
}
