import type { Command } from "commander";
import { alertOf, assignAnswer } from "../../app/alerting/index.ts";
import type { InboundMessage } from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import { deskOf } from "../alerting/desk-of.ts";
import { inboundAnswer, minute } from "../alerting/views.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";

/** Answers that are counted when an id is too short. */
const COUNTED = 100;
/** Digits of an id that a listing shows. */
const SHORT = 12;

/** `tocsin answer list|show|assign` */
export function answerCommand(host: CommandHost): Command {
  const t = host.words.alerting.answersIn;
  return host
    .command("answer", host.words.commands.answer)
    .addCommand(
      host
        .command("list", t.list)
        .option("--alert <alert>", t.alert)
        .option("--quarantine", t.quarantine)
        .option("--limit <count>", host.words.alerting.incidents.limit, "20")
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
      { isDefault: true },
    )
    .addCommand(
      host.command("show", t.show).argument("<answer>", t.id).action(host.act<object>(show)),
    )
    .addCommand(
      host
        .command("assign", t.assign)
        .argument("<answer>", t.id)
        .argument("<alert>", host.words.alerting.alerts.id)
        .addOption(host.jsonOption())
        .action(host.act<{ json?: boolean }>(assign)),
    );
}

interface ListFlags {
  readonly alert?: string;
  readonly quarantine?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, flags: ListFlags): Promise<number> {
  const { printer, words } = session;
  const { columns: c, answersIn: t } = words.alerting;
  const cases = await (await session.open()).cases();
  const limit = readWhole("--limit", flags.limit, words);
  const answers = await cases.read(async (cases) => {
    if (flags.quarantine) return cases.inbound({ alert: null, limit });
    if (flags.alert === undefined) return cases.inbound({ limit });
    return cases.inbound({ alert: (await alertOf(cases, flags.alert)).id, limit });
  });
  if (flags.json) printer.json({ answers: answers.map(inboundAnswer) });
  else if (answers.length === 0) printer.line(t.none);
  else
    printer.table(
      [
        { title: c.id },
        { title: c.received },
        { title: c.from },
        { title: c.kind },
        { title: c.subject },
        { title: c.signature },
        { title: c.title },
      ],
      answers.map((it) => [
        it.id.slice(0, SHORT),
        minute(it.receivedAt),
        it.from,
        it.class,
        it.alert ?? "",
        it.signature ?? "",
        it.subject,
      ]),
    );
  return exitCodes.ok;
}

async function show(session: Session, _: object, [id = ""]: readonly string[]): Promise<number> {
  session.around.stdout.write((await answerOf(session, id)).raw);
  return exitCodes.ok;
}

async function assign(
  session: Session,
  { json }: { json?: boolean },
  [id = "", alert = ""]: readonly string[],
): Promise<number> {
  const answer = await answerOf(session, id);
  const to = await assignAnswer(await deskOf(session), answer.id, alert);
  const { printer, words } = session;
  if (json) printer.json({ answer: answer.id, alert: to });
  else printer.line(words.alerting.answersIn.assigned(answer.id.slice(0, SHORT), to.ticket));
  return exitCodes.ok;
}

/** The one answer whose id begins so. */
async function answerOf(session: Session, id: string): Promise<InboundMessage> {
  const cases = await (await session.open()).cases();
  const idBegins = id.toLowerCase();
  const isHex = /^[0-9a-f]+$/.test(idBegins);
  const found = isHex
    ? await cases.read((cases) => cases.inbound({ idBegins, limit: COUNTED }))
    : [];
  if (found.length === 1) return found[0]!;
  const { noSuch, notOne } = session.words.alerting.answersIn;
  throw new Fault(
    "not-possible",
    found.length === 0 ? noSuch(id) : notOne(id, countText(found.length)),
  );
}
