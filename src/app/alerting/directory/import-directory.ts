import { Fault } from "../../../core/fault.ts";
import {
  type DirectoryChange,
  type DirectoryReading,
  type ImportOptions,
  planImport,
} from "../../../core/institution/index.ts";
import type { CaseSession, CaseStore } from "../../case-ports.ts";
import type { Doing } from "./change-directory.ts";

/** What an import would change now. Nothing is changed. */
export async function previewImport(
  cases: CaseStore,
  reading: DirectoryReading,
  options: ImportOptions,
): Promise<DirectoryChange[]> {
  requireFacts(reading);
  const current = await cases.read((session) => session.directory());
  return planImport(current, reading.directory, options);
}

/**
 * Applies an import, as of the directory at that moment, in one transaction: the changes, a line of the audit log for
 * each institution, and one for the import as a whole. Gives what was changed. A file in which nothing was understood
 * is refused: it would take every contact of its source out of use.
 */
export async function importDirectory(
  cases: CaseStore,
  reading: DirectoryReading,
  options: ImportOptions,
  doing: Doing,
): Promise<DirectoryChange[]> {
  requireFacts(reading);
  return cases.write(async (session) => {
    const changes = planImport(await session.directory(), reading.directory, options);
    if (changes.length === 0) return changes;
    await session.changeDirectory(changes);
    await auditByInstitution(session, changes, doing);
    await session.audit({
      ...doing,
      action: "directory.imported",
      subject: `source:${options.source}`,
      after: { changes: changes.length, refused: reading.refused.length, whole: options.whole },
    });
    return changes;
  });
}

/**
 * An import may change tens of thousands of facts: those of one institution stand in one line, as they were and as
 * they are.
 */
async function auditByInstitution(
  session: CaseSession,
  changes: readonly DirectoryChange[],
  doing: Doing,
): Promise<void> {
  const byInstitution = new Map<string, DirectoryChange[]>();
  for (const change of changes) {
    const id = institutionOf(change);
    const known = byInstitution.get(id);
    if (known === undefined) byInstitution.set(id, [change]);
    else known.push(change);
  }
  for (const [id, ofIt] of byInstitution)
    await session.audit({
      ...doing,
      action: "institution.imported",
      subject: `institution:${id}`,
      before: ofIt.flatMap(({ before }) => before ?? []),
      after: ofIt.flatMap(({ after }) => after ?? []),
    });
}

function institutionOf({ before, after }: DirectoryChange): string {
  const fact = after ?? before;
  if (fact === null) return "";
  return "institution" in fact ? fact.institution : fact.id;
}

function requireFacts({ directory, refused }: DirectoryReading): void {
  if (directory.institutions.length > 0 || directory.contacts.length > 0) return;
  const [first] = refused;
  const why = first === undefined ? "" : `; line ${first.line}: ${first.reason}`;
  throw new Fault("directory-unreadable", `nothing in it could be taken${why}`);
}
