import { Argument, type Command, Option } from "commander";
import { CommandHost } from "./command-host.ts";
import { commandNames, type CommandName, loadCommand } from "./command-table.ts";
import { exitCodes } from "./exit-codes.ts";
import { firstWords } from "./language.ts";
import type { Surroundings } from "./workbench.ts";

const TAKES_VALUE = new Set(["--data", "--config", "--lang"]);

/** Runs the command that the arguments name. Throws what goes wrong. */
export async function runProgram(around: Surroundings, signal: AbortSignal): Promise<number> {
  const words = firstWords(around);
  const host = new CommandHost(around, words, signal);
  const program = await makeProgram(host, around, commandOf(around.argv));
  if (around.argv.length === 0) {
    program.outputHelp({ error: true });
    return exitCodes.usage;
  }
  await program.parseAsync([...around.argv], { from: "user" });
  return host.exitCode;
}

/** The whole program with one command loaded; the others are names with a summary. */
async function makeProgram(
  host: CommandHost,
  around: Surroundings,
  wanted: string | undefined,
): Promise<Command> {
  const { options, commands, help } = host.words;
  const program = host
    .command("tocsin", help.tagline)
    .version(around.version, "-V, --version", options.version)
    .option("--data <dir>", options.data)
    .option("--config <file>", options.config)
    .addOption(new Option("--lang <language>", options.lang).choices(["en", "zh"]))
    .addHelpText("after", `\n${help.examples}`);
  for (const name of commandNames)
    program.addCommand(
      name === wanted ? await loadCommand(name, host) : host.command(name, commands[name]),
    );
  program.addCommand(completionCommand(host));
  return program;
}

/** Prints a script for a shell; it needs every command, so it loads them all. */
function completionCommand(host: CommandHost): Command {
  const { words } = host;
  return host
    .command("completion", words.commands.completion)
    .addArgument(new Argument("<shell>", words.options.shell).choices(["bash", "zsh", "fish"]))
    .action(
      host.act(async ({ printer }, _options, [shell]) => {
        const { completionScript } = await import("./completion-script.ts");
        const commands = await Promise.all(commandNames.map((name) => loadCommand(name, host)));
        printer.line(completionScript(shell as "bash" | "zsh" | "fish", commands));
        return exitCodes.ok;
      }),
    );
}

/** The first word that is neither an option nor the value of one. */
function commandOf(argv: readonly string[]): CommandName | undefined {
  let at = 0;
  while (at < argv.length && argv[at]!.startsWith("-")) at += TAKES_VALUE.has(argv[at]!) ? 2 : 1;
  const word = argv[at] === "help" ? argv[at + 1] : argv[at];
  return commandNames.find((name) => name === word);
}
