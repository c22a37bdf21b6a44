import {
  type Contact,
  type Hit,
  type Institution,
  type InstitutionKind,
  type Responsibility,
  ResponsibleIndex,
  type Standing,
  standingOf,
  type Subject,
} from "../../../core/institution/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type { CaseStore } from "../../case-ports.ts";
import { requireInstitution } from "./edit-institution.ts";

/** Which institutions are wanted. */
export interface InstitutionFilter {
  readonly country?: string;
  readonly kind?: InstitutionKind;
  /** Only those with a contact that something may be sent to. */
  readonly usable?: boolean;
}

/** A contact with how it stands. */
export interface StandingContact {
  readonly contact: Contact;
  readonly standing: Standing;
}

/** An institution with all that is known of it. */
export interface InstitutionView {
  readonly institution: Institution;
  readonly contacts: readonly StandingContact[];
  readonly answersFor: readonly Responsibility[];
}

/** The institutions, by id. */
export async function listInstitutions(
  cases: CaseStore,
  filter: InstitutionFilter,
  now: Instant,
): Promise<InstitutionView[]> {
  const { institutions, contacts, responsibilities } = await cases.read((session) =>
    session.directory(),
  );
  const contactsOf = grouped(contacts);
  const partsOf = grouped(responsibilities);
  return institutions
    .filter(({ country }) => filter.country === undefined || country === filter.country)
    .filter(({ kind }) => filter.kind === undefined || kind === filter.kind)
    .map((institution) => ({
      institution,
      contacts: standing(contactsOf.get(institution.id) ?? [], now),
      answersFor: partsOf.get(institution.id) ?? [],
    }))
    .filter((view) => filter.usable !== true || view.contacts.some(isUsable));
}

/** One institution. Throws Fault `institution-unknown`. */
export async function showInstitution(
  cases: CaseStore,
  id: string,
  now: Instant,
): Promise<InstitutionView> {
  return cases.read(async (session) => {
    const institution = await requireInstitution(session, id);
    const { responsibilities } = await session.directory();
    return {
      institution,
      contacts: standing(await session.contactsOf(id), now),
      answersFor: responsibilities.filter((it) => it.institution === id),
    };
  });
}

/** Who answers for a subject, by the directory alone, the one to be told first in front. */
export async function whoAnswers(
  cases: CaseStore,
  subject: Subject,
  now: Instant,
): Promise<{ readonly hit: Hit; readonly view: InstitutionView }[]> {
  const directory = await cases.read((session) => session.directory());
  const index = new ResponsibleIndex(directory);
  return index.responsible(subject).flatMap((hit) => {
    const institution = index.institution(hit.institution);
    if (institution === undefined) return [];
    const contacts = standing(index.contactsOf(hit.institution), now);
    return [{ hit, view: { institution, contacts, answersFor: [] } }];
  });
}

function standing(contacts: readonly Contact[], now: Instant): StandingContact[] {
  return [...contacts]
    .sort((left, right) => left.order - right.order)
    .map((contact) => ({ contact, standing: standingOf(contact, now) }));
}

function isUsable({ standing: stands }: StandingContact): boolean {
  return stands === "usable";
}

function grouped<Fact extends { readonly institution: string }>(
  facts: readonly Fact[],
): Map<string, Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts) {
    const known = found.get(fact.institution);
    if (known === undefined) found.set(fact.institution, [fact]);
    else known.push(fact);
  }
  return found;
}
