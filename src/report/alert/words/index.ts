import { en } from "./en.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { zh } from "./zh.ts";

export type { Vocabulary } from "./vocabulary.ts";

/** The languages that we can write in, the one for everybody first. */
export const vocabularies: readonly [Vocabulary, ...Vocabulary[]] = [en, zh];

/** The words of a language, by its first subtag: `zh-CN` is read as `zh`. */
export function vocabularyOf(language: string): Vocabulary | undefined {
  const first = language.toLowerCase().split("-", 1)[0];
  return vocabularies.find((vocabulary) => vocabulary.language === first);
}
