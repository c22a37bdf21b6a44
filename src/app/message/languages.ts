import type { Draft } from "../case-ports.ts";

/**
 * The languages that a message is written in: the one of the rule, else the contact's, else the institution's, of which the best that we know.
 * All ours where nobody knows what the reader reads; the first of ours (for everybody) where we know none of the reader's.
 */
export function languagesOf(
  { alert, contact, institution }: Draft,
  ours: readonly string[],
): readonly string[] {
  const { language } = alert.terms;
  if (language !== "auto") return best([language], ours);
  const theirs = contact.language === "" ? institution.languages : [contact.language];
  return theirs.length === 0 ? ours : best(theirs, ours);
}

function best(wanted: readonly string[], ours: readonly string[]): readonly string[] {
  const known = wanted.map(primary).find((language) => ours.includes(language));
  return known === undefined ? ours.slice(0, 1) : [known];
}

/** The first subtag (BCP 47): `zh` of `zh-Hans-CN`. */
function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0]!;
}
