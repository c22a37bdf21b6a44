import type { Statement, Wording, Wordsmith } from "../../app/case-ports.ts";
import { type Facts, factsOf } from "./facts.ts";
import {
  adviceSection,
  answerSection,
  filesSection,
  footSection,
  headSection,
  listSection,
  openingSections,
  type Section,
  sinceSection,
} from "./sections.ts";
import { outerSubjectOf, subjectOf, tlpLabel } from "./subject.ts";
import type { Team } from "./team.ts";
import { type Vocabulary, vocabularies, vocabularyOf } from "./words/index.ts";
import { wrap } from "./wrap.ts";

/**
 * Writes messages in plain text: each language whole, then the list and the signature once. The marking stands in the first line and in the
 * last (FIRST, TLP 2.0). No line is made of blanks and columns, so that it reads well in any font.
 */
export function makeWordsmith(team: Team): Wordsmith {
  return {
    languages: vocabularies.map(({ language }) => language),
    write: (statement) => writeStatement(statement, team),
  };
}

function writeStatement(statement: Statement, team: Team): Wording {
  const languages = languagesOf(statement, team);
  const sections = [
    marking(statement, languages),
    ...languages.flatMap((facts) => partOf(facts, languages.length > 1)),
    ...listsOf(languages),
    footSection(languages, team),
    [tlpLabel(statement)],
  ];
  return {
    subject: subjectOf(statement, languages),
    outerSubject: outerSubjectOf(statement, languages),
    text: `${sections.map((section) => section.join("\n")).join("\n\n")}\n`,
  };
}

/** A language that we do not know is left out; somebody whose languages are all unknown gets the one for everybody. */
function languagesOf(statement: Statement, team: Team): [Facts, ...Facts[]] {
  const known = statement.languages.map(vocabularyOf).filter((words) => words !== undefined);
  const [first = vocabularies[0], ...others] = known;
  const facts = (words: Vocabulary) => factsOf(statement, words, team);
  return [facts(first), ...others.map(facts)];
}

function marking(statement: Statement, languages: readonly Facts[]): Section {
  return [tlpLabel(statement), ...languages.flatMap(({ words }) => wrap(words.tlp[statement.tlp]))];
}

function partOf(facts: Facts, isOneOfSeveral: boolean): Section[] {
  const isAboutItems = facts.statement.items.length > 0;
  return [
    ...(isOneOfSeveral ? [[`=== ${facts.words.name} ===`]] : []),
    headSection(facts),
    ...openingSections(facts),
    ...(isAboutItems ? [sinceSection(facts), adviceSection(facts)] : []),
    answerSection(facts),
  ];
}

function listsOf(languages: readonly [Facts, ...Facts[]]): Section[] {
  const { items, files } = languages[0].statement;
  return [
    ...(items.length === 0 ? [] : [listSection(languages)]),
    ...(files.length === 0 ? [] : [filesSection(languages)]),
  ];
}
