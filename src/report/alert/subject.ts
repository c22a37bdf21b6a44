import type { Statement } from "../../app/case-ports.ts";
import { digits, type Facts } from "./facts.ts";

/** `[TC-20130531-000042-7] TLP:AMBER C2 server (zeus): 192.0.2[.]7`, in each language. */
export function subjectOf(statement: Statement, languages: readonly Facts[]): string {
  return `${label(statement)} ${languages.map(inOneLanguage).join(" / ")}`;
}

/** What may be read by whoever carries the message. */
export function outerSubjectOf(statement: Statement, languages: readonly Facts[]): string {
  const titles = languages.map(({ words }) => words.themes.other.title(1));
  return `${label(statement)} ${titles.join(" / ")}`;
}

/** How a marking is written (FIRST, TLP 2.0): in capitals, without a blank. */
export function tlpLabel({ tlp }: Pick<Statement, "tlp">): string {
  return `TLP:${tlp.toUpperCase()}`;
}

function label(statement: Statement): string {
  return `[${statement.ticket}] ${tlpLabel(statement)}`;
}

function inOneLanguage({ words, statement, title, family, asset }: Facts): string {
  const count = statement.items.length;
  const { message } = statement;
  return words.subject({ message, title, family, asset, count, digits: digits(count) });
}
