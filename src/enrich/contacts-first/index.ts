import { z } from "zod";
import type { ContactsFormat } from "../../app/case-ports.ts";
import { type ContactKey, type ReadingOptions, slug } from "../../core/institution/index.ts";
import { fingerprintOf } from "../shared/directory/addresses.ts";
import { DirectoryBuilder } from "../shared/directory/builder.ts";
import { jsonOf, wholeText } from "../shared/directory/whole-text.ts";

const Texts = z.union([z.string(), z.array(z.string())]).nullish();

/** A team as `https://api.first.org/data/v1/teams` has it; other members are left where they are. */
const Team = z.object({
  id: z.string().min(1),
  team: z.string().min(1),
  "team-full": z.string().nullish(),
  country: z.string().nullish(),
  email: Texts,
  phone: Texts,
  "phone-emergency": Texts,
  "pgp-fingerprint": z.string().nullish(),
  "pgp-key": z.string().nullish(),
});
type Team = z.output<typeof Team>;

const Answer = z.object({ data: z.array(z.unknown()) });

/** Teams of FIRST. It says where they are, not for which networks they answer: that a person adds. */
export const firstContacts: ContactsFormat = {
  name: "first",
  title: "FIRST's teams (api.first.org/data/v1/teams), JSON",
  whole: true,
  several: false,
  read: async (chunks, options) => readTeams(await wholeText(chunks), options),
};

function readTeams(text: string, options: ReadingOptions) {
  const builder = new DirectoryBuilder(options);
  const answer = Answer.safeParse(jsonOf(text));
  if (!answer.success) builder.refuse(1, "it is no answer of FIRST's API: no member data");
  for (const [at, item] of (answer.data?.data ?? []).entries()) {
    const team = Team.safeParse(item);
    const [issue] = team.success ? [] : team.error.issues;
    if (team.success) take(builder, team.data, at + 1);
    else builder.refuse(at + 1, `${issue?.path.join(".")}: ${issue?.message}`);
  }
  return builder.finish();
}

function take(builder: DirectoryBuilder, team: Team, number: number): void {
  const name = slug(team.id) || slug(team.team);
  if (name === "") return builder.refuse(number, "id and team have no letter of ours");
  const institution = `first-${name}`;
  builder.institution({
    id: institution,
    name: team["team-full"] || team.team,
    kind: "other",
    country: /^[A-Za-z]{2}$/.exec(team.country ?? "")?.[0].toUpperCase() ?? "",
    tier: "T2",
    maxTlp: "amber",
  });
  const key = keyOf(team);
  for (const address of texts(team.email))
    if (!builder.contact({ institution, address, role: "csirt", key }))
      builder.refuse(number, "email is no mail address");
  for (const address of [...texts(team["phone-emergency"]), ...texts(team.phone)])
    builder.contact({ institution, address, role: "csirt", channel: "phone" });
}

function keyOf(team: Team): ContactKey | null {
  const fingerprint = fingerprintOf(team["pgp-fingerprint"] ?? "");
  const text = team["pgp-key"] ?? "";
  const armoured = text.startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----") ? text : "";
  return fingerprint ? { type: "openpgp", fingerprint, text: armoured, expires: null } : null;
}

function texts(given: z.output<typeof Texts>): string[] {
  const all = typeof given === "string" ? given.split(/[,;]/) : (given ?? []);
  return all.map((text) => text.trim()).filter((text) => text !== "");
}
