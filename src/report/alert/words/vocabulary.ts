import type { MessageKind } from "../../../core/alert/index.ts";
import type { CloseReason } from "../../../core/incident/index.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { Theme } from "../theme.ts";

/** All that a language needs: copy `en.ts`, translate it, and add it to `vocabularies` in `index.ts`. */
export interface Vocabulary {
  /** BCP 47, as the directory writes it: `en`, `zh`. */
  readonly language: string;
  /** What the language calls itself; stands over its part of a message in several. */
  readonly name: string;
  readonly headings: Readonly<Record<HeadingName, string>>;
  readonly labels: Readonly<Record<LabelName, string>>;
  /** What stands between a label and its value. */
  readonly colon: string;
  /** A section's heading as it is printed. */
  heading(text: string): string;
  /** What a marking allows (FIRST, TLP 2.0, in its short form). */
  readonly tlp: Readonly<Record<Tlp, string>>;
  readonly themes: Readonly<Record<Theme, ThemeWords>>;
  /** What to do, in three to six plain steps. */
  readonly advice: Readonly<Record<Theme, readonly string[]>>;
  readonly closing: Readonly<Record<CloseReason, string>>;
  /** The subject after ticket and marking; it stays short. */
  subject(what: SubjectFacts): string;
  /** The first paragraphs of a message. */
  opening(facts: OpeningFacts): readonly string[];
  /** How to answer, with the words that our mailbox understands. */
  readonly answering: Readonly<Record<"findings" | "closure" | "verification", AnswerWords>>;
  /** That nothing more is done about some findings in the text: they are in the attachment. */
  more(count: string, attached: boolean): string;
  /** Whom it affects: `count` of them. */
  affects(count: number, digits: string): string;
  /** How often it was seen. */
  seen(count: number, digits: string): string;
  /** The name of a sector; one that the language has no word for stays as it is. */
  sector(name: string): string;
  /** Two moments. */
  between(first: string, last: string): string;
}

type HeadingName = "what" | "since" | "advice" | "answer" | "list" | "attached";
type LabelName =
  | "ticket"
  | "to"
  | "from"
  | "answerBy"
  | "first"
  | "last"
  | "evidence"
  | "sectors"
  | "own"
  | "pseudonyms"
  | "offenders"
  | "feeds"
  | "phone"
  | "website";

/** The words of a theme. */
export interface ThemeWords {
  /** For a subject: `C2 server`. */
  title(count: number): string;
  /** For a sentence, with its number: `a command-and-control server`, `3 command-and-control servers`. */
  noun(count: number, digits: string): string;
  /** What it means, in one sentence. */
  readonly means: string;
}

export interface SubjectFacts {
  readonly message: MessageKind;
  readonly title: string;
  readonly family: string;
  /** The one asset that it is about, defanged; empty if there are several. */
  readonly asset: string;
  readonly count: number;
  readonly digits: string;
}

export interface OpeningFacts {
  readonly message: MessageKind;
  readonly team: string;
  readonly to: string;
  /** The finding's words with their number. */
  readonly noun: string;
  readonly means: string;
  readonly family: string;
  readonly count: number;
  /** Findings of the incident in all, with its digits. */
  readonly total: number;
  readonly totalDigits: string;
  /** When the thread began, of a later message. */
  readonly since: string;
  /** Why it was closed, of a closure. */
  readonly closing: string;
}

export interface AnswerWords {
  readonly how: string;
  /** The words that an answer may begin with, and what each means. */
  readonly words: readonly (readonly [word: string, meaning: string])[];
}
