/** What is wrong with a command line, in the words of the house: commander says it in English only. */
import type { CommanderError } from "commander";
import type { Messages } from "./messages/index.ts";

type Words = Messages["usage"];

/** By the code of the error: what its sentence holds, and how we say it. */
const SENTENCES: Readonly<Record<string, readonly [RegExp, (words: Words) => Say]>> = {
  "commander.unknownOption": [/^unknown option '(.*)'$/, (words) => words.unknownOption],
  "commander.unknownCommand": [/^unknown command '(.*)'$/, (words) => words.unknownCommand],
  "commander.missingArgument": [
    /^missing required argument '(.*)'$/,
    (words) => words.missingArgument,
  ],
  "commander.optionMissingArgument": [
    /^option '(.*)' argument missing$/,
    (words) => words.missingValue,
  ],
  "commander.missingMandatoryOptionValue": [
    /^required option '(.*)' not specified$/,
    (words) => words.missingOption,
  ],
  "commander.excessArguments": [
    /^too many arguments(?: for '.*')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    (words) => words.tooMany,
  ],
  "commander.invalidArgument": [
    /^(?:option|command-argument value)(?: '(.*)' argument)? '(.*)' is invalid(?: for argument '(.*)')?\. Allowed choices are (.*)\.$/,
    (words) =>
      (option = "", value = "", argument = "", choices = "") =>
        words.notOneOf(option || argument, value, choices),
  ],
};

type Say = (...found: string[]) => string;

/** The error in one or two lines. */
export function usageText({ code, message }: CommanderError, { usage }: Messages): string {
  const [sentence = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const [pattern, say] = SENTENCES[code] ?? [];
  const found = pattern?.exec(sentence);
  const similar = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(rest.join("\n"))?.[1];
  if (!found || !say || (rest.length > 0 && similar === undefined))
    return [sentence, ...rest].join("\n");
  const said = say(usage)(...found.slice(1));
  return similar === undefined ? said : `${said}\n${usage.similar(similar)}`;
}
