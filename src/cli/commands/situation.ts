import type { Command } from "commander";
import { answer, questionOf } from "../ask.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { printSituation } from "../print-situation.ts";
import { addBreakdown, addQuestionOptions, type QuestionOptions } from "../question.ts";

type Options = QuestionOptions & { readonly json?: boolean };

/** `tocsin situation` */
export function situationCommand(host: CommandHost): Command {
  const { commands, options } = host.words;
  const command = addQuestionOptions(host.command("situation", commands.situation), host);
  return addBreakdown(command, options.by)
    .addOption(host.jsonOption())
    .action(
      host.act<Options>(async (session, asked) => {
        const bench = await session.open();
        const question = await questionOf(bench, asked);
        // Notes which days are missing of which feed, so that the answer can say so.
        await bench.feedStatus();
        const situation = await answer(session, bench, question);
        if (asked.json) session.printer.json(situation);
        else printSituation(session, situation);
        return exitCodes.ok;
      }),
    );
}
