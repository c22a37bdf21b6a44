import type { Command } from "commander";
import { addInhibition, listInhibitions, removeInhibition } from "../../app/alerting/index.ts";
import { actorOf } from "../actor.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { readMoment } from "../routing/read-moment.ts";
import type { Session } from "../session.ts";

interface Flags {
  readonly json?: boolean;
}

interface AddFlags extends Flags {
  readonly until: string;
  readonly reason: string;
}

/** `tocsin inhibit add|list|remove` */
export function inhibitCommand(host: CommandHost): Command {
  const { commands, routing } = host.words;
  const t = routing.inhibit;
  return host
    .command("inhibit", commands.inhibit)
    .addCommand(
      host
        .command("add", t.add)
        .argument("<what>", t.what)
        .requiredOption("--until <until>", t.until)
        .requiredOption("--reason <reason>", t.reason)
        .addOption(host.jsonOption())
        .action(host.act<AddFlags>(add)),
    )
    .addCommand(
      host.command("list", t.list).addOption(host.jsonOption()).action(host.act<Flags>(list)),
    )
    .addCommand(
      host
        .command("remove", t.remove)
        .argument("<id>", t.id)
        .addOption(host.jsonOption())
        .action(host.act<Flags>(remove)),
    );
}

async function add(
  session: Session,
  { until, reason, json }: AddFlags,
  [what = ""]: readonly string[],
): Promise<number> {
  const wish = { what, reason, until: readMoment(session, "--until", until, "after") };
  const cases = await (await session.open()).cases();
  const added = await addInhibition(cases, wish, doing(session));
  if (json) session.printer.json(added);
  else
    session.printer.line(
      session.words.routing.inhibit.added(added.id, added.what, added.until.slice(0, 16)),
    );
  return exitCodes.ok;
}

async function list(session: Session, { json }: Flags): Promise<number> {
  const { printer, words } = session;
  const { columns, inhibit } = words.routing;
  const cases = await (await session.open()).cases();
  const inhibitions = await listInhibitions(cases, session.around.now().toISOString());
  if (json) printer.json({ inhibitions });
  else if (inhibitions.length === 0) printer.line(inhibit.none);
  else
    printer.table(
      [columns.id, columns.what, columns.until, columns.by, columns.reason].map((title) => ({
        title,
      })),
      inhibitions.map((it) => [it.id, it.what, it.until.slice(0, 16), it.by, it.reason]),
    );
  return exitCodes.ok;
}

async function remove(
  session: Session,
  { json }: Flags,
  [id = ""]: readonly string[],
): Promise<number> {
  const cases = await (await session.open()).cases();
  const removed = await removeInhibition(cases, id, doing(session));
  if (json) session.printer.json(removed);
  else session.printer.line(session.words.routing.inhibit.removed(removed.id, removed.what));
  return exitCodes.ok;
}

function doing(session: Session): { actor: string; at: string } {
  return { actor: actorOf(session), at: session.around.now().toISOString() };
}
