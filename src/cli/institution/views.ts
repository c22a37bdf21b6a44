import type { InstitutionView, StandingContact } from "../../app/alerting/index.ts";
import {
  type DirectoryChange,
  placeholderReason,
  tallyChanges,
} from "../../core/institution/index.ts";
import type { ReadContacts } from "../workbench.ts";

/** A contact as `--json` has it. */
export function contactAnswer({ contact, standing }: StandingContact) {
  const isMail = contact.channel === "mail";
  const placeholder = (isMail && placeholderReason(contact.address)) || null;
  return { ...contact, standing, placeholder };
}

/** An institution as `--json` has it. */
export function institutionAnswer({ institution, contacts, answersFor }: InstitutionView) {
  return {
    ...institution,
    contacts: contacts.map(contactAnswer),
    answersFor: answersFor.map(({ kind, value, provenance }) => ({ kind, value, provenance })),
  };
}

/** An institution as a listing has it. */
export function listedAnswer({ institution, contacts, answersFor }: InstitutionView) {
  return {
    ...institution,
    contacts: contacts.length,
    usable: contacts.filter(({ standing }) => standing === "usable").length,
    answersFor: answersFor.length,
  };
}

/** An import as `--json` has it. */
export function importAnswer(
  { source, whole, reading }: ReadContacts,
  changes: readonly DirectoryChange[],
  applied: boolean,
) {
  return {
    source,
    whole,
    applied,
    ...tallyChanges(changes),
    changes: changes.map((change) => ({
      of: change.of,
      change: manner(change),
      subject: subjectOf(change),
      before: change.before,
      after: change.after,
    })),
    refused: reading.refused.map(({ line, reason }) => ({ line, reason })),
  };
}

/** What a change is, seen from outside. */
export function manner({ before, after }: DirectoryChange): "added" | "changed" | "removed" {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** What a change is of, as people name it. */
export function subjectOf(change: DirectoryChange): string {
  const fact = change.after ?? change.before;
  if (fact === null) return "";
  return "id" in fact ? fact.id : `${fact.institution} ${fact.kind} ${fact.value}`;
}
