import { type DirectoryChange, tallyChanges } from "../../core/institution/index.ts";
import { countText } from "../numbers.ts";
import type { Session } from "../session.ts";
import type { ReadContacts } from "../workbench.ts";
import { manner, subjectOf } from "./views.ts";

const FIRST_CHANGES = 40;
const FIRST_REFUSED = 10;

/** Prints what an import would change, or has changed, and what it refused. */
export function printChanges(
  { printer, words }: Session,
  { reading }: ReadContacts,
  changes: readonly DirectoryChange[],
): void {
  const t = words.institution;
  const { refused } = reading;
  if (refused.length > 0) {
    printer.heading(t.refused(countText(refused.length)));
    printer.table(
      [{ title: t.columns.line, right: true }, { title: t.columns.why }],
      refused.slice(0, FIRST_REFUSED).map(({ line, reason }) => [countText(line), reason]),
    );
  }
  if (changes.length === 0) return printer.line(t.nothing);
  const { added, changed, removed } = tallyChanges(changes);
  printer.heading(t.tally(countText(added), countText(changed), countText(removed)));
  printer.table(
    [{ title: t.columns.change }, { title: t.columns.what }, { title: "" }],
    changes
      .slice(0, FIRST_CHANGES)
      .map((change) => [t.changes[manner(change)], subjectOf(change), detail(change)]),
  );
  if (changes.length > FIRST_CHANGES)
    printer.line(`  ${t.more(countText(changes.length - FIRST_CHANGES))}`);
}

/** What is new, or the members that differ with both values. */
function detail(change: DirectoryChange): string {
  const { before, after } = change;
  if (before === null) return change.of === "institution" ? (change.after?.name ?? "") : "";
  if (after === null) return "";
  const [was, is] = [before, after].map((fact) => new Map<string, unknown>(Object.entries(fact)));
  return [...is!]
    .filter(([member, value]) => member !== "provenance" && text(value) !== text(was!.get(member)))
    .map(([member, value]) => `${member}: ${text(was!.get(member))} > ${text(value)}`)
    .join("; ");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
