/** The help of a command in the words of the house: commander has English ones only. */
import type { Argument, Command, HelpConfiguration, Option } from "commander";
import type { Messages } from "./messages/index.ts";

/** How commander is to print help. */
export function helpIn({ help }: Messages): HelpConfiguration {
  const titles: Readonly<Record<string, string>> = help.titles;
  return {
    showGlobalOptions: true,
    styleTitle: (title) => titles[title] ?? title,
    commandUsage: (command) => usageOf(command, help),
    subcommandTerm: (command) =>
      [command.name(), ...command.registeredArguments.map(termOf)]
        .join(" ")
        .replace(/ \[command\]$/, ` [${help.command}]`),
    subcommandDescription: (command) =>
      command.name() === "help" ? help.helpCommand : command.description(),
    optionDescription: (option) => described(option.description, extrasOf(option, help)),
    argumentDescription: (argument) => described(argument.description, extrasOf(argument, help)),
  };
}

function usageOf(command: Command, help: Messages["help"]): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const words = command.registeredArguments.map(termOf);
  const some = command.commands.length > 0 ? [`[${help.command}]`] : [];
  return [...names, `[${help.options}]`, ...some, ...words].join(" ");
}

function termOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function extrasOf(
  { argChoices, defaultValue }: Pick<Option | Argument, "argChoices" | "defaultValue">,
  help: Messages["help"],
): string[] {
  const quoted = (value: unknown): string => JSON.stringify(value);
  return [
    ...(argChoices ? [help.choices(argChoices.map(quoted).join(", "))] : []),
    ...(defaultValue === undefined ? [] : [help.default(quoted(defaultValue))]),
  ];
}

function described(words: string, extras: readonly string[]): string {
  return extras.length === 0 ? words : `${words} (${extras.join(", ")})`;
}
