import { type Command, Option } from "commander";
import {
  acknowledge,
  alertOf,
  approve,
  decideUnknown,
  hold,
  release,
  resend,
  sendNow,
} from "../../app/alerting/index.ts";
import type { AlertFilter } from "../../app/case-ports.ts";
import { type Alert, type AlertEvent, alertStates, priorities } from "../../core/alert/index.ts";
import { Fault } from "../../core/fault.ts";
import { deskOf } from "../alerting/desk-of.ts";
import { printAlerts } from "../alerting/print.ts";
import { inboundAnswer, messageAnswer } from "../alerting/views.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readWhole, readWords } from "../read-values.ts";
import type { Session } from "../session.ts";

const SHOWN = "20";
const ANSWERS = ["acknowledged", "claimed-fixed", "disputed"] as const;

/** `tocsin alert list|show|preview|approve|send|hold|resend|ack|resolve` */
export function alertCommand(host: CommandHost): Command {
  const t = host.words.alerting.alerts;
  const i = host.words.alerting.incidents;
  const command = (name: string, says: string) =>
    host.command(name, says).argument("<alert>", t.id).addOption(host.jsonOption());
  return host
    .command("alert", host.words.commands.alert)
    .addCommand(
      host
        .command("list", t.list)
        .option("--incident <incident>", t.incident)
        .option("--institution <id>", i.institution)
        .addOption(new Option("--state <state>", i.state).choices([...alertStates]))
        .addOption(new Option("--priority <priority>", i.priority).choices([...priorities]))
        .option("--limit <count>", i.limit, SHOWN)
        .option("--before <alert>", i.before)
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
    )
    .addCommand(command("show", t.show).action(host.act<Flags>(show)))
    .addCommand(command("preview", t.preview).action(host.act<Flags>(preview)))
    .addCommand(command("approve", t.approve).action(host.act<Flags>(doing(approve))))
    .addCommand(
      command("send", t.send)
        .option("--dry-run", t.dryRun)
        .action(host.act<SendFlags>(sending((desk, alert) => sendOrRelease(desk, alert)))),
    )
    .addCommand(
      command("hold", t.hold)
        .requiredOption("--reason <words>", t.reason)
        .action(
          host.act<Flags & { reason: string }>((session, flags, args) => {
            const reason = readWords("--reason", flags.reason, session.words);
            return doing((desk, id) => hold(desk, id, reason))(session, flags, args);
          }),
        ),
    )
    .addCommand(
      command("resend", t.resend)
        .option("--dry-run", t.dryRun)
        .action(host.act<SendFlags>(sending((desk, { id }) => resend(desk, id)))),
    )
    .addCommand(
      command("ack", t.ack)
        .addOption(new Option("--as <answer>", t.as).choices([...ANSWERS]).default(ANSWERS[0]))
        .action(
          host.act<Flags & { as: (typeof ANSWERS)[number] }>((session, flags, args) =>
            doing((desk, id) => acknowledge(desk, id, flags.as))(session, flags, args),
          ),
        ),
    )
    .addCommand(
      command("resolve", t.resolve)
        .option("--arrived", t.arrived)
        .option("--not-arrived", t.notArrived)
        .action(host.act<ResolveFlags>(resolve)),
    );
}

type Desk = Awaited<ReturnType<typeof deskOf>>;

interface Flags {
  readonly json?: boolean;
}

interface SendFlags extends Flags {
  readonly dryRun?: boolean;
}

interface ResolveFlags extends Flags {
  readonly arrived?: boolean;
  readonly notArrived?: boolean;
}

interface ListFlags extends Omit<AlertFilter, "limit"> {
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, flags: ListFlags): Promise<number> {
  const { json, limit, ...filter } = flags;
  const cases = await (await session.open()).cases();
  const most = readWhole("--limit", limit, session.words);
  const alerts = await cases.read((cases) => cases.alerts({ ...filter, limit: most }));
  if (json) session.printer.json({ alerts });
  else printAlerts(session, alerts);
  return exitCodes.ok;
}

async function show(
  session: Session,
  { json }: Flags,
  [id = ""]: readonly string[],
): Promise<number> {
  const { printer, words } = session;
  const cases = await (await session.open()).cases();
  const it = await cases.read(async (cases) => {
    const alert = await alertOf(cases, id);
    return {
      alert,
      events: await cases.events(alert.id),
      messages: (await cases.messages({ alert: alert.id, limit: 100 })).map(messageAnswer),
      receipts: await cases.receiptsOf(alert.id),
      answers: (await cases.inbound({ alert: alert.id, limit: 100 })).map(inboundAnswer),
    };
  });
  if (json) {
    printer.json(it);
    return exitCodes.ok;
  }
  printAlerts(session, [it.alert]);
  const c = words.alerting.columns;
  printer.line("");
  printer.table(
    [{ title: c.since }, { title: c.event }, { title: c.why }],
    [
      ...it.events.map(({ at, event }) => [
        at,
        event.type === "timer" ? event.timer : event.type,
        whyOf(event),
      ]),
      ...it.messages.map((message) => [message.queuedAt, message.deliveryKey, message.state.at]),
      ...it.receipts.map(({ at, level, evidence }) => [at, level, evidence]),
      ...it.answers.map(({ receivedAt, from, class: what }) => [receivedAt, what, from]),
    ].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
  return exitCodes.ok;
}

/** Who did it, and what was said of it. */
function whyOf(event: AlertEvent): string {
  const said =
    event.type === "drafted" ? (event.hold ?? "") : "reason" in event ? event.reason : "";
  const by = "by" in event ? (event.by ?? "") : "";
  return [by, said].filter((part) => part !== "").join(": ");
}

async function preview(
  session: Session,
  { json }: Flags,
  [id = ""]: readonly string[],
): Promise<number> {
  const { printer, words } = session;
  const { bytes, ...composed } = await (await session.open()).preview(id);
  if (json) printer.json({ ...composed, size: bytes.length });
  else {
    printer.line(composed.subject);
    printer.line("");
    printer.line(composed.text);
    if (composed.withheld > 0)
      printer.remark(words.alerting.alerts.withheld(countText(composed.withheld)));
  }
  return exitCodes.ok;
}

/** A command that does something with an alert and says where that leaves it. */
function doing(what: (desk: Desk, id: string) => Promise<Alert>) {
  return async (session: Session, { json }: Flags, [id = ""]: readonly string[]): Promise<number> =>
    tell(session, json, await what(await deskOf(session), id));
}

/** The same of something that leads to a message; dry it tells only which. */
function sending(what: (desk: Desk, alert: Alert) => Promise<Alert>) {
  return async (
    session: Session,
    flags: SendFlags,
    [id = ""]: readonly string[],
  ): Promise<number> => {
    const desk = await deskOf(session);
    const alert = await desk.cases.read((cases) => alertOf(cases, id));
    if (flags.dryRun !== true) return tell(session, flags.json, await what(desk, alert));
    const { bytes, ...composed } = await (await session.open()).preview(alert.id);
    const { printer, words } = session;
    if (flags.json) printer.json({ ...composed, size: bytes.length });
    else printer.line(words.alerting.alerts.wouldSend(alert.ticket, composed.to, composed.subject));
    return exitCodes.ok;
  };
}

function sendOrRelease(desk: Desk, { id, state }: Alert): Promise<Alert> {
  return state.at === "held" || state.at === "disputed" ? release(desk, id) : sendNow(desk, id);
}

async function resolve(
  session: Session,
  { arrived, notArrived, json }: ResolveFlags,
  [id = ""]: readonly string[],
): Promise<number> {
  if ((arrived === true) === (notArrived === true))
    throw new Fault("usage", "say either --arrived or --not-arrived");
  return tell(session, json, await decideUnknown(await deskOf(session), id, arrived === true));
}

function tell({ printer, words }: Session, json: boolean | undefined, alert: Alert): number {
  if (json) printer.json({ alert });
  else printer.line(words.alerting.alerts.now(alert.ticket, alert.state.at));
  return exitCodes.ok;
}
