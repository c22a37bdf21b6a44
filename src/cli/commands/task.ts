import { type Command, Option } from "commander";
import { finishTask } from "../../app/alerting/index.ts";
import { type TaskKind, taskKinds } from "../../core/alert/index.ts";
import { deskOf } from "../alerting/desk-of.ts";
import { printTasks } from "../alerting/print.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { readWhole, readWords } from "../read-values.ts";
import type { Session } from "../session.ts";

/** `tocsin task list|done` */
export function taskCommand(host: CommandHost): Command {
  const t = host.words.alerting.tasks;
  return host
    .command("task", host.words.commands.task)
    .addCommand(
      host
        .command("list", t.list)
        .option("--all", t.all)
        .addOption(new Option("--kind <kind>", t.kind).choices([...taskKinds]))
        .option("--limit <count>", host.words.alerting.incidents.limit, "50")
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
      { isDefault: true },
    )
    .addCommand(
      host
        .command("done", t.done)
        .argument("<task>", t.id)
        .requiredOption("--note <words>", t.note)
        .addOption(host.jsonOption())
        .action(host.act<DoneFlags>(done)),
    );
}

interface ListFlags {
  readonly all?: boolean;
  readonly kind?: TaskKind;
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, { all, kind, limit, json }: ListFlags): Promise<number> {
  const cases = await (await session.open()).cases();
  const filter = {
    ...(all ? {} : { open: true }),
    ...(kind && { kind }),
    limit: readWhole("--limit", limit, session.words),
  };
  const tasks = await cases.read((cases) => cases.tasks(filter));
  if (json) session.printer.json({ tasks });
  else printTasks(session, tasks);
  return exitCodes.ok;
}

interface DoneFlags {
  readonly note: string;
  readonly json?: boolean;
}

async function done(session: Session, { note, json }: DoneFlags, [id = ""]: readonly string[]) {
  const { printer, words } = session;
  const said = readWords("--note", note, words);
  const task = await finishTask(await deskOf(session), id.toUpperCase(), said);
  if (json) printer.json({ task });
  else printer.line(words.alerting.tasks.finished(task.id));
  return exitCodes.ok;
}
