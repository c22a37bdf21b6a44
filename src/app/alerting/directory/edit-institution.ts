import { Fault } from "../../../core/fault.ts";
import {
  canonicalAddress,
  type Contact,
  contactId,
  type DirectoryChange,
  type Institution,
  type Provenance,
  type Relation,
  responsibilityFrom,
} from "../../../core/institution/index.ts";
import type { CaseSession, CaseStore } from "../../case-ports.ts";
import { changeDirectory, type Doing } from "./change-directory.ts";

/** What a person says of an institution. What is left out stays as it is, or is as of somebody whom we do not know. */
export interface InstitutionEdit {
  readonly facts: Partial<
    Pick<
      Institution,
      "name" | "kind" | "country" | "languages" | "tier" | "agreement" | "maxTlp" | "optedOut"
    >
  >;
  readonly relation?: Omit<Relation, "since">;
  /** Contacts to add or to make a person's own; those that are not said stay. */
  readonly contacts: readonly (Pick<Contact, "channel" | "address"> & Partial<Contact>)[];
  /** Addresses that nobody is to write to any more. */
  readonly supersede: readonly string[];
  /** Words such as `AS64500`, `192.0.2.0/24`, `country:NO`. */
  readonly answersFor: readonly string[];
  readonly noLongerFor: readonly string[];
}

/**
 * Adds an institution by hand. Throws Fault `case-conflict` if there is one of this id, `usage` if something about it
 * makes no sense.
 */
export async function addInstitution(
  cases: CaseStore,
  id: string,
  edit: InstitutionEdit,
  doing: Doing,
): Promise<Institution> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new Fault("usage", `"${id}" is no id of small letters, digits and hyphens`);
  return cases.write(async (session) => {
    if ((await session.institution(id)) !== undefined)
      throw new Fault("case-conflict", `there is an institution ${id}`);
    const unknown: Institution = {
      id,
      name: id,
      kind: "other",
      country: "",
      languages: [],
      tier: "T0",
      relation: { state: "active", since: doing.at, reason: "" },
      agreement: "",
      maxTlp: "clear",
      optedOut: false,
      provenance: byHand(doing),
    };
    return save(session, null, unknown, edit, doing);
  });
}

/**
 * Changes an institution by hand: from then on no import changes what was said. Throws Fault `institution-unknown` or
 * `usage`.
 */
export async function editInstitution(
  cases: CaseStore,
  id: string,
  edit: InstitutionEdit,
  doing: Doing,
): Promise<Institution> {
  return cases.write(async (session) => {
    const before = await requireInstitution(session, id);
    return save(session, before, before, edit, doing);
  });
}

/**
 * Removes an institution with its contacts and responsibilities. Throws Fault `institution-unknown`, and
 * `case-conflict` while it has an open incident.
 */
export async function removeInstitution(cases: CaseStore, id: string, doing: Doing): Promise<void> {
  await cases.write(async (session) => {
    const institution = await requireInstitution(session, id);
    const open = await session.incidents({ institution: id, state: "open", limit: 1 });
    if (open.length > 0) throw new Fault("case-conflict", `${id} has open incidents`);
    const { contacts, responsibilities } = await session.directory();
    const ofIt = (fact: { readonly institution: string }): boolean => fact.institution === id;
    const changes: DirectoryChange[] = [
      ...responsibilities
        .filter(ofIt)
        .map((before) => ({ of: "responsibility", before, after: null }) as const),
      ...contacts.filter(ofIt).map((before) => ({ of: "contact", before, after: null }) as const),
      { of: "institution", before: institution, after: null },
    ];
    await changeDirectory(session, changes, doing);
  });
}

/** The institution of an id. Throws Fault `institution-unknown`. */
export async function requireInstitution(session: CaseSession, id: string): Promise<Institution> {
  const found = await session.institution(id);
  if (found === undefined) throw new Fault("institution-unknown", `there is no institution ${id}`);
  return found;
}

async function save(
  session: CaseSession,
  before: Institution | null,
  base: Institution,
  edit: InstitutionEdit,
  doing: Doing,
): Promise<Institution> {
  requirePlainWords(edit);
  const says = before === null || Object.keys(edit.facts).length > 0 || edit.relation !== undefined;
  const relation = edit.relation ? { ...edit.relation, since: doing.at } : base.relation;
  const after = says ? { ...base, ...edit.facts, relation, provenance: byHand(doing) } : base;
  const changes: DirectoryChange[] = says ? [{ of: "institution", before, after }] : [];
  changes.push(...(await contactChanges(session, base.id, edit, doing)));
  changes.push(...(await responsibilityChanges(session, base.id, edit, doing)));
  await changeDirectory(session, changes, doing);
  return after;
}

/** Names stand in headers of mail: nothing may end a line there. */
function requirePlainWords({ facts, relation }: InstitutionEdit): void {
  for (const words of [facts.name, facts.agreement, relation?.reason])
    if (words !== undefined && /\p{Cc}|\p{Zl}|\p{Zp}/u.test(words))
      throw new Fault("usage", `${JSON.stringify(words)} has more than one line`);
}

async function contactChanges(
  session: CaseSession,
  institution: string,
  { contacts, supersede }: InstitutionEdit,
  doing: Doing,
): Promise<DirectoryChange[]> {
  const known = await session.contactsOf(institution);
  const put = contacts.map((given, at): DirectoryChange => {
    const address = canonicalAddress(given.channel, given.address);
    if (address === undefined)
      throw new Fault("usage", `"${given.address}" is no address of the channel ${given.channel}`);
    const id = contactId(institution, given.channel, address);
    const before = known.find((it) => it.id === id) ?? null;
    const base = before ?? { ...strangerAt(institution), order: known.length + at };
    const after = { ...base, ...given, id, address, provenance: byHand(doing) };
    return { of: "contact", before, after };
  });
  const ended = supersede.map((text): DirectoryChange => {
    const before = known.find(({ id, address }) => id === text || address === text);
    if (before === undefined) throw new Fault("usage", `${institution} has no contact ${text}`);
    const after: Contact = { ...before, status: "superseded", provenance: byHand(doing) };
    return { of: "contact", before, after };
  });
  return [...put, ...ended];
}

function strangerAt(
  institution: string,
): Omit<Contact, "id" | "channel" | "address" | "provenance"> {
  return {
    institution,
    role: "abuse",
    order: 0,
    language: "",
    key: null,
    hours: null,
    status: "unverified",
    verified: null,
    expires: null,
  };
}

async function responsibilityChanges(
  session: CaseSession,
  institution: string,
  { answersFor, noLongerFor }: InstitutionEdit,
  doing: Doing,
): Promise<DirectoryChange[]> {
  if (answersFor.length + noLongerFor.length === 0) return [];
  const { responsibilities } = await session.directory();
  const find = (word: string) => {
    const part = responsibilityFrom(word);
    if (part === undefined) throw new Fault("usage", `"${word}" is nothing to answer for`);
    const { kind, value } = part;
    const known = responsibilities.find(
      (it) => it.institution === institution && it.kind === kind && it.value === value,
    );
    return { part, known: known ?? null };
  };
  const put = answersFor.map((word): DirectoryChange => {
    const { part, known } = find(word);
    const after = { institution, ...part, provenance: byHand(doing) };
    return { of: "responsibility", before: known, after };
  });
  const ended = noLongerFor.map((word): DirectoryChange => {
    const { known } = find(word);
    if (known === null) throw new Fault("usage", `${institution} does not answer for ${word}`);
    return { of: "responsibility", before: known, after: null };
  });
  return [...put, ...ended];
}

function byHand({ at }: Doing): Provenance {
  return { source: "manual", manual: true, importedAt: at };
}
