import type { Situation } from "../../core/measure/index.ts";
import { chineseStatement } from "./chinese-statement.ts";
import { englishStatement } from "./english-statement.ts";
import { figuresOf } from "./figures.ts";
import type { Language } from "../shared/language.ts";

/** The founding statement with the counted numbers, a sentence each: computers, the leading country, web sites. */
export function statement(situation: Situation, language: Language): string[] {
  const figures = figuresOf(situation);
  return language === "zh" ? chineseStatement(figures) : englishStatement(figures);
}
