import type { Command } from "commander";
import type { CommandHost } from "../command-host.ts";
import { examine } from "../examine.ts";
import { exitCodes } from "../exit-codes.ts";
import { bytesText, countText } from "../numbers.ts";

/** `tocsin doctor` */
export function doctorCommand(host: CommandHost): Command {
  return host
    .command("doctor", host.words.commands.doctor)
    .addOption(host.jsonOption())
    .action(
      host.act<{ json?: boolean }>(async (session, { json }) => {
        const { problems, store } = await examine(session);
        const { printer } = session;
        const t = session.words.doctor;
        if (json) printer.json({ dataDir: session.dataDir, problems, store });
        else {
          if (store) {
            const { observations, batches, bytes } = store;
            printer.line(t.store(countText(observations), countText(batches), bytesText(bytes)));
          }
          printer.heading(problems.length === 0 ? t.well : t.problems(problems.length));
          for (const { says, mend } of problems)
            printer.line(`  ${printer.style("yellow", "!")} ${says}\n    \u2192 ${mend}`);
        }
        return problems.length === 0 ? exitCodes.ok : exitCodes.breached;
      }),
    );
}
