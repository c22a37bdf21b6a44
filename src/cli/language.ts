import { type Messages, messagesOf } from "./messages/index.ts";
import type { Language, Surroundings } from "./workbench.ts";

/** The language of the terminal: Chinese where the locale says so. */
export function terminalLanguage(env: Surroundings["env"]): Language {
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return locale.startsWith("zh") ? "zh" : "en";
}

/** The language that `--lang` asks for; commander checks the word later. */
export function askedLanguage(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const word = argv[at]?.split("=")[1] ?? argv[at + 1];
  return at >= 0 && (word === "en" || word === "zh") ? word : undefined;
}

/** The words before the configuration is read. */
export function firstWords({ argv, env }: Surroundings): Messages {
  return messagesOf(askedLanguage(argv) ?? terminalLanguage(env));
}
