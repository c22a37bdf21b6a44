import { Fault } from "../../../core/fault.ts";
import {
  type DirectoryChange,
  type DirectoryReading,
  type ImportOptions,
  planImport,
} from "../../../core/institution/index.ts";
import type { CaseStore } from "../../case-ports.ts";
import { changeDirectory, type Doing } from "./change-directory.ts";

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
 * Applies an import, as of the directory at that moment, in one transaction: the changes, their lines in the audit log and one for the import
 * as a whole. Gives what was changed. A file in which nothing was understood is refused: it would take every contact of its source out of use.
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
    await changeDirectory(session, changes, doing);
    await session.audit({
      ...doing,
      action: "directory.imported",
      subject: `source:${options.source}`,
      after: { changes: changes.length, refused: reading.refused.length, whole: options.whole },
    });
    return changes;
  });
}

function requireFacts({ directory, refused }: DirectoryReading): void {
  if (directory.institutions.length > 0 || directory.contacts.length > 0) return;
  const [first] = refused;
  const why = first === undefined ? "" : `; line ${first.line}: ${first.reason}`;
  throw new Fault("directory-unreadable", `nothing in it could be taken${why}`);
}
