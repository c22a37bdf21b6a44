import { Command, Option } from "commander";
import { exitCodes } from "./exit-codes.ts";
import { helpIn } from "./help-words.ts";
import type { Messages } from "./messages/index.ts";
import { type GlobalOptions, Session } from "./session.ts";
import type { Surroundings } from "./workbench.ts";

/** What a command does: `options` are its own and the global ones, `args` its arguments in order. Gives the exit code. */
export type Act<Options> = (
  session: Session,
  options: Options,
  args: readonly string[],
) => Promise<number>;

/** Makes commands and runs the one that was asked for. */
export class CommandHost {
  readonly words: Messages;
  /** The exit code of the command that ran. */
  exitCode: number = exitCodes.ok;
  readonly #around: Surroundings;
  readonly #signal: AbortSignal;

  constructor(around: Surroundings, words: Messages, signal: AbortSignal) {
    this.#around = around;
    this.words = words;
    this.#signal = signal;
  }

  /** A command that fails by throwing and prints where the surroundings say. */
  command(name: string, summary: string): Command {
    const { stdout, stderr } = this.#around;
    return new Command(name)
      .description(summary)
      .exitOverride()
      .helpOption("-h, --help", this.words.options.help)
      .configureHelp(helpIn(this.words))
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        // report-failure.ts says it, once, in the words of the house.
        outputError: () => undefined,
      });
  }

  /** The handler to give to `action`. */
  act<Options>(act: Act<Options & GlobalOptions>): (...given: unknown[]) => Promise<void> {
    return async (...given) => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<Options & GlobalOptions>();
      const session = new Session(this.#around, options, this.#signal);
      try {
        this.exitCode = await act(session, options, command.args);
      } finally {
        await session.close();
      }
    };
  }

  /** `--json`, which every reading command has. */
  jsonOption(): Option {
    return new Option("--json", this.words.options.json);
  }
}
