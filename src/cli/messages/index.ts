import type { Language } from "../workbench.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Every text of the command line. */
export type Messages = typeof en;

/** The texts in a language. */
export function messagesOf(language: Language): Messages {
  return language === "zh" ? zh : en;
}
