import type { Contact } from "./contact.ts";
import type { Directory, DirectoryChange } from "./directory.ts";
import type { Institution, Provenance } from "./institution.ts";
import type { Responsibility } from "./responsibility.ts";

/** What an import is. */
export interface ImportOptions {
  /** The source whose facts it brings, and the only one whose facts it may replace. */
  readonly source: string;
  /**
   * Whether it is all that the source knows: then facts of it that are not there any more have gone. Else only the
   * institutions that are in it are looked at.
   */
  readonly whole: boolean;
}

/**
 * What an import would change, in an order that can be applied. What a person entered stays as it is, as does every
 * fact of another source. A contact that the source does not have any more becomes `superseded`: what was sent to it
 * must stay readable. A verification survives as long as the address is the same. Importing the same twice changes
 * nothing the second time.
 */
export function planImport(
  current: Directory,
  imported: Directory,
  options: ImportOptions,
): DirectoryChange[] {
  const plan: Plan = { current, imported, options, looksAt: scopeOf(imported, options) };
  return [...institutions(plan), ...responsibilities(plan), ...contacts(plan)];
}

/** How many changes of each sort a plan has. */
export interface ChangeTally {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Counts changes; a contact that becomes superseded counts as changed. */
export function tallyChanges(changes: readonly DirectoryChange[]): ChangeTally {
  const added = changes.filter(({ before }) => before === null).length;
  const removed = changes.filter(({ after }) => after === null).length;
  return { added, changed: changes.length - added - removed, removed };
}

interface Plan {
  readonly current: Directory;
  readonly imported: Directory;
  readonly options: ImportOptions;
  readonly looksAt: (institution: string) => boolean;
}

function scopeOf({ institutions, contacts }: Directory, { whole }: ImportOptions) {
  const named = new Set([
    ...institutions.map(({ id }) => id),
    ...contacts.map(({ institution }) => institution),
  ]);
  return (institution: string): boolean => whole || named.has(institution);
}

/** May the import touch this fact? */
function isOwn({ provenance }: { readonly provenance: Provenance }, { options }: Plan): boolean {
  return !provenance.manual && provenance.source === options.source;
}

function institutions(plan: Plan): DirectoryChange[] {
  const known = new Map(plan.current.institutions.map((it) => [it.id, it]));
  return plan.imported.institutions.flatMap((wanted): DirectoryChange[] => {
    const before = known.get(wanted.id) ?? null;
    if (before !== null && !isOwn(before, plan)) return [];
    const after = before === null ? wanted : { ...wanted, relation: relationOf(before, wanted) };
    return changeOf("institution", before, after);
  });
}

/** A relation begins when it changes, not when it is imported again. */
function relationOf(before: Institution, wanted: Institution): Institution["relation"] {
  const { state, reason } = wanted.relation;
  const same = before.relation.state === state && before.relation.reason === reason;
  return same ? before.relation : wanted.relation;
}

function responsibilities(plan: Plan): DirectoryChange[] {
  const known = new Map(plan.current.responsibilities.map((it) => [partOf(it), it]));
  const wanted = new Map(plan.imported.responsibilities.map((it) => [partOf(it), it]));
  const added = [...wanted].flatMap(([key, after]) =>
    known.has(key) ? [] : changeOf("responsibility", null, after),
  );
  const gone = [...known].flatMap(([key, before]) =>
    wanted.has(key) || !isOwn(before, plan) || !plan.looksAt(before.institution)
      ? []
      : changeOf("responsibility", before, null),
  );
  return [...gone, ...added];
}

function contacts(plan: Plan): DirectoryChange[] {
  const known = new Map(plan.current.contacts.map((it) => [placeOf(it), it]));
  const wanted = new Map(plan.imported.contacts.map((it) => [placeOf(it), it]));
  const found = [...wanted].flatMap(([key, contact]): DirectoryChange[] => {
    const before = known.get(key) ?? null;
    if (before === null) return changeOf("contact", null, contact);
    return mayTake(before, plan) ? changeOf("contact", before, renewed(before, contact)) : [];
  });
  const gone = [...known].flatMap(([key, before]): DirectoryChange[] => {
    if (wanted.has(key) || !isOwn(before, plan) || !plan.looksAt(before.institution)) return [];
    return changeOf("contact", before, { ...before, status: "superseded" });
  });
  return [...found, ...gone];
}

/** Its own contact, or one that another source has given up. */
function mayTake(before: Contact, plan: Plan): boolean {
  return isOwn(before, plan) || (!before.provenance.manual && before.status === "superseded");
}

/** The contact as the source has it, with what we found out about the address. */
function renewed(before: Contact, wanted: Contact): Contact {
  const { id, verified } = before;
  const keepsStatus = verified !== null && before.status !== "superseded";
  const status = wanted.status !== "superseded" && keepsStatus ? before.status : wanted.status;
  return { ...wanted, id, verified, status };
}

const placeOf = ({ institution, channel, address }: Contact): string =>
  `${institution} ${channel} ${address.toLowerCase()}`;

const partOf = ({ institution, kind, value }: Responsibility): string =>
  `${institution} ${kind} ${value}`;

function changeOf(
  of: DirectoryChange["of"],
  before: DirectoryChange["before"],
  after: DirectoryChange["after"],
): DirectoryChange[] {
  if (before !== null && after !== null && sameFact(before, after)) return [];
  return [{ of, before, after } as DirectoryChange];
}

/** Whether two facts say the same; when they were imported is no part of what they say. */
function sameFact(left: { provenance: Provenance }, right: { provenance: Provenance }): boolean {
  const { importedAt } = left.provenance;
  return textOf(left) === textOf({ ...right, provenance: { ...right.provenance, importedAt } });
}

/** JSON with the members of every object in one order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) =>
    it !== null && typeof it === "object" && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([left], [right]) => (left < right ? -1 : 1)))
      : it,
  );
}
