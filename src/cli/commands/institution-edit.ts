import type { Command } from "commander";
import {
  addInstitution,
  editInstitution,
  removeInstitution,
  showInstitution,
} from "../../app/alerting/index.ts";
import { Fault } from "../../core/fault.ts";
import { actorOf } from "../actor.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { addEditOptions, type EditFlags, readEdit } from "../institution/edit-options.ts";
import { printView } from "../institution/print-view.ts";
import { institutionAnswer } from "../institution/views.ts";

type Flags = EditFlags & { readonly json?: boolean };

/** `tocsin institution add ID` */
export function institutionAddCommand(host: CommandHost): Command {
  return editing(host, "add", host.words.institution.add, addInstitution);
}

/** `tocsin institution edit ID` */
export function institutionEditCommand(host: CommandHost): Command {
  return editing(host, "edit", host.words.institution.edit, editInstitution);
}

/** `tocsin institution remove ID` */
export function institutionRemoveCommand(host: CommandHost): Command {
  const t = host.words.institution;
  return host
    .command("remove", t.remove)
    .argument("<id>", t.id)
    .option("--yes", t.yes)
    .addOption(host.jsonOption())
    .action(
      host.act<{ yes?: boolean; json?: boolean }>(async (session, { yes, json }, [id = ""]) => {
        if (yes !== true) throw new Fault("usage", session.words.institution.needsYes);
        const cases = await (await session.open()).cases();
        const at = session.around.now().toISOString();
        await removeInstitution(cases, id, { actor: actorOf(session), at });
        if (json) session.printer.json({ removed: id });
        else session.printer.line(session.words.institution.removed(id));
        return exitCodes.ok;
      }),
    );
}

function editing(
  host: CommandHost,
  name: string,
  summary: string,
  save: typeof addInstitution,
): Command {
  const command = host.command(name, summary).argument("<id>", host.words.institution.id);
  return addEditOptions(command, host)
    .addOption(host.jsonOption())
    .action(
      host.act<Flags>(async (session, flags, [id = ""]) => {
        const edit = await readEdit(flags, session.words);
        const cases = await (await session.open()).cases();
        const at = session.around.now().toISOString();
        await save(cases, id, edit, { actor: actorOf(session), at });
        const view = await showInstitution(cases, id, at);
        if (flags.json) session.printer.json(institutionAnswer(view));
        else printView(session, view);
        return exitCodes.ok;
      }),
    );
}
