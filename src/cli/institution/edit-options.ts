import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { InstitutionEdit } from "../../app/alerting/index.ts";
import { isCountry } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import {
  type Channel,
  type Contact,
  type ContactKey,
  contactRoles,
  type Hours,
  hoursFrom,
  type Institution,
  institutionKinds,
  type Relation,
  trustTiers,
} from "../../core/institution/index.ts";
import { type Tlp, tlpLevels } from "../../core/marking/index.ts";
import { type Instant, instantOf } from "../../core/time/index.ts";
import type { CommandHost } from "../command-host.ts";
import type { Messages } from "../messages/index.ts";
import { collect } from "../read-values.ts";

/** What `institution add` and `edit` are told. */
export interface EditFlags {
  readonly name?: string;
  readonly kind?: Institution["kind"];
  readonly country?: string;
  readonly languages?: string;
  readonly tier?: Institution["tier"];
  readonly maxTlp?: Tlp;
  readonly agreement?: string;
  readonly optedOut?: "yes" | "no";
  readonly relation?: Relation["state"];
  readonly reason?: string;
  readonly contact?: readonly string[];
  readonly role?: Contact["role"];
  readonly language?: string;
  readonly hours?: string;
  readonly timeZone?: string;
  readonly expires?: string;
  readonly fingerprint?: string;
  readonly keyFile?: string;
  readonly supersede?: readonly string[];
  readonly answersFor?: readonly string[];
  readonly drop?: readonly string[];
}

/** Adds what can be said of an institution. */
export function addEditOptions(command: Command, { words }: CommandHost): Command {
  const t = words.institution;
  const choice = (flag: string, says: string, choices: readonly string[]) =>
    new Option(flag, says).choices([...choices]);
  return command
    .option("--name <name>", t.name)
    .addOption(choice("--kind <kind>", t.kind, institutionKinds))
    .option("--country <country>", t.country)
    .option("--languages <tags>", t.languages)
    .addOption(choice("--tier <tier>", t.tier, trustTiers))
    .addOption(choice("--max-tlp <tlp>", t.maxTlp, tlpLevels))
    .option("--agreement <words>", t.agreement)
    .addOption(choice("--opted-out <answer>", t.optedOut, ["yes", "no"]))
    .addOption(choice("--relation <state>", t.relation, ["active", "silent", "suspended"]))
    .option("--reason <words>", t.reason)
    .option("--contact <address>", t.contact, collect)
    .addOption(choice("--role <role>", t.role, contactRoles))
    .option("--language <tag>", t.language)
    .option("--hours <times>", t.hours)
    .option("--time-zone <name>", t.timeZone)
    .option("--expires <day>", t.expires)
    .option("--fingerprint <hex>", t.fingerprint)
    .option("--key-file <file>", t.keyFile)
    .option("--supersede <address>", t.supersede, collect)
    .option("--answers-for <what>", t.answersFor, collect)
    .option("--drop <what>", t.drop, collect);
}

/** The edit that the options mean. Throws Fault `usage`. */
export async function readEdit(flags: EditFlags, words: Messages): Promise<InstitutionEdit> {
  const { relation: state, reason = "" } = flags;
  return {
    facts: factsOf(flags, words),
    ...(state === undefined ? {} : { relation: { state, reason } }),
    contacts: await contactsOf(flags, words),
    supersede: flags.supersede ?? [],
    answersFor: flags.answersFor ?? [],
    noLongerFor: flags.drop ?? [],
  };
}

/** Two letters of ISO 3166-1. */
export function readCountry(text: string, words: Messages): string {
  const code = text.toUpperCase();
  if (!isCountry(code)) throw new Fault("usage", words.institution.badCountry(text));
  return code;
}

function factsOf(flags: EditFlags, words: Messages): InstitutionEdit["facts"] {
  const { name, kind, country, languages, tier, maxTlp, agreement, optedOut } = flags;
  return {
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
    ...(country === undefined ? {} : { country: readCountry(country, words) }),
    ...(languages === undefined ? {} : { languages: readLanguages(languages, words) }),
    ...(tier === undefined ? {} : { tier }),
    ...(maxTlp === undefined ? {} : { maxTlp }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(optedOut === undefined ? {} : { optedOut: optedOut === "yes" }),
  };
}

function readLanguages(text: string, words: Messages): string[] {
  const tags = text.split(",").map((tag) => tag.trim());
  if (!tags.every((tag) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)))
    throw new Fault("usage", words.institution.badLanguages(text));
  return tags;
}

async function contactsOf(flags: EditFlags, words: Messages): Promise<InstitutionEdit["contacts"]> {
  const { contact = [], role, language, hours, expires } = flags;
  const key = contact.length > 0 ? await keyOf(flags, words) : undefined;
  return contact.map((text) => ({
    ...placeOf(text),
    ...(role === undefined ? {} : { role }),
    ...(language === undefined ? {} : { language: readLanguages(language, words)[0]! }),
    ...(hours === undefined ? {} : { hours: readHours(flags, words) }),
    ...(expires === undefined ? {} : { expires: readDay(expires, words) }),
    ...(key === undefined ? {} : { key }),
  }));
}

/** `24/7`, or times and days in a time zone. */
function readHours({ hours = "", timeZone = "UTC" }: EditFlags, words: Messages): Hours | null {
  const read = hoursFrom(hours, timeZone);
  if (read === null && hours !== "24/7")
    throw new Fault("usage", words.institution.badHours(`${hours} ${timeZone}`));
  return read;
}

/** The end of the contact: the beginning of a day, UTC. */
function readDay(text: string, words: Messages): Instant {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Fault("usage", words.institution.badDay(text));
  return instantOf(Date.parse(text));
}

function placeOf(text: string): { channel: Channel; address: string } {
  if (/^https:/i.test(text)) return { channel: "webhook", address: text };
  if (text.startsWith("+")) return { channel: "phone", address: text };
  if (text.startsWith("file:")) return { channel: "file", address: text.slice(5) };
  return { channel: "mail", address: text };
}

async function keyOf(flags: EditFlags, words: Messages): Promise<ContactKey | undefined> {
  const { fingerprint: hex, keyFile } = flags;
  if (hex === undefined && keyFile === undefined) return undefined;
  const fingerprint = (hex ?? "").replaceAll(/[\s:]/g, "").toUpperCase();
  const text = keyFile === undefined ? "" : await readFile(keyFile, "utf8").catch(() => "");
  const [, label] = /^-----BEGIN (PGP PUBLIC KEY BLOCK|CERTIFICATE)-----/m.exec(text) ?? [];
  const hasKey = keyFile === undefined || label !== undefined;
  if (!/^([0-9A-F]{40}|[0-9A-F]{64})$/.test(fingerprint) || !hasKey)
    throw new Fault("usage", words.institution.badKey(keyFile ?? "--fingerprint"));
  return { type: label === "CERTIFICATE" ? "smime" : "openpgp", fingerprint, text, expires: null };
}
