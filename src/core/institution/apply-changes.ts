import type { Directory, DirectoryChange } from "./directory.ts";
import type { Responsibility } from "./responsibility.ts";

/** The directory after changes. */
export function applyChanges(
  { institutions, contacts, responsibilities }: Directory,
  changes: readonly DirectoryChange[],
): Directory {
  const byId = new Map(institutions.map((it) => [it.id, it]));
  const contactById = new Map(contacts.map((it) => [it.id, it]));
  const byPart = new Map(responsibilities.map((it) => [partOf(it), it]));
  for (const change of changes) {
    if (change.of === "institution") put(byId, (it) => it.id, change);
    else if (change.of === "contact") put(contactById, (it) => it.id, change);
    else put(byPart, partOf, change);
  }
  return {
    institutions: [...byId.values()],
    contacts: [...contactById.values()],
    responsibilities: [...byPart.values()],
  };
}

function put<Fact>(
  facts: Map<string, Fact>,
  keyOf: (fact: Fact) => string,
  { before, after }: { readonly before: Fact | null; readonly after: Fact | null },
): void {
  if (after !== null) facts.set(keyOf(after), after);
  else if (before !== null) facts.delete(keyOf(before));
}

const partOf = ({ institution, kind, value }: Responsibility): string =>
  `${institution} ${kind} ${value}`;
