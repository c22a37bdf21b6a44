import type { CaseSession } from "../../app/case-ports.ts";
import type { DirectoryChange, Responsibility } from "../../core/institution/index.ts";
import type { Draft } from "./draft.ts";
import { refuse } from "../shared/cases/refuse.ts";
import { sortedBy } from "./order.ts";
import type { Drafts } from "./tables.ts";

const VERSION = "directory.version";

export function directoryIn(tables: Drafts) {
  const { institutions, contacts, responsibilities, settings } = tables;
  const version = (): number => Number(settings.at(VERSION) ?? 0);
  return {
    directory: async () => ({
      institutions: sortedBy([...institutions.rows()], ({ id }) => [id]),
      contacts: sortedBy([...contacts.rows()], ({ id }) => [id]),
      responsibilities: sortedBy([...responsibilities.rows()], (row) => [
        row.institution,
        row.kind,
        row.value,
      ]),
    }),
    institution: async (id) => institutions.at(id),
    contact: async (id) => contacts.at(id),
    contactsOf: async (institution) =>
      sortedBy(
        contacts.filter((contact) => contact.institution === institution),
        ({ id }) => [id],
      ).sort((a, b) => a.order - b.order),
    changeDirectory: async (changes) => {
      for (const change of changes) apply(tables, change);
      if (changes.length > 0) settings.put(VERSION, String(version() + changes.length));
    },
    directoryVersion: async () => version(),
  } satisfies Partial<CaseSession>;
}

/** What must hold when a transaction ends: nobody's contact or responsibility is nobody's. */
export function checkDirectory({ institutions, contacts, responsibilities }: Drafts): void {
  if (!institutions.changed && !contacts.changed && !responsibilities.changed) return;
  for (const draft of [contacts, responsibilities])
    for (const { institution } of draft.rows())
      if (!institutions.has(institution))
        refuse(`a contact or responsibility is of "${institution}", which is not there`);
}

function apply(tables: Drafts, change: DirectoryChange): void {
  const byId = ({ id }: { id: string }): string => id;
  switch (change.of) {
    case "institution":
      return replace(tables.institutions, byId, change);
    case "contact":
      return replace(tables.contacts, byId, change);
    case "responsibility":
      return replace(tables.responsibilities, keyOf, change);
  }
}

function replace<Row>(
  draft: Draft<Row>,
  key: (row: Row) => string,
  { before, after }: { readonly before: Row | null; readonly after: Row | null },
): void {
  if (before !== null) draft.remove(key(before));
  if (after !== null) draft.put(key(after), after);
}

function keyOf({ institution, kind, value }: Responsibility): string {
  return `${institution} ${kind} ${value}`;
}
