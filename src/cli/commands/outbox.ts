import { type Command, Option } from "commander";
import { HOLD, isHeld, setHold } from "../../app/alerting/index.ts";
import { type OutboundState, outboundStates } from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import { deskOf } from "../alerting/desk-of.ts";
import { messageAnswer, minute } from "../alerting/views.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readWhole, readWords } from "../read-values.ts";
import type { Session } from "../session.ts";

const SHOWN = "20";
/** Messages that a dry run counts at most. */
const COUNTED = 100_000;

/** `tocsin outbox list|show|send|stop|start` */
export function outboxCommand(host: CommandHost): Command {
  const t = host.words.alerting.outbox;
  const { limit, state } = host.words.alerting.incidents;
  return host
    .command("outbox", host.words.commands.outbox)
    .addCommand(
      host
        .command("list", t.list)
        .addOption(new Option("--state <state>", state).choices([...outboundStates]))
        .option("--limit <count>", limit, SHOWN)
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
      { isDefault: true },
    )
    .addCommand(
      host.command("show", t.show).argument("<message>", t.key).action(host.act<object>(show)),
    )
    .addCommand(
      host
        .command("send", t.send)
        .option("--dry-run", host.words.alerting.alerts.dryRun)
        .addOption(host.jsonOption())
        .action(host.act<SendFlags>(send)),
    )
    .addCommand(
      host
        .command("stop", t.stop)
        .requiredOption("--reason <words>", t.reason)
        .addOption(host.jsonOption())
        .action(
          host.act<{ reason: string; json?: boolean }>((session, { reason, json }) =>
            turn(session, readWords("--reason", reason, session.words), json),
          ),
        ),
    )
    .addCommand(
      host
        .command("start", t.start)
        .addOption(host.jsonOption())
        .action(host.act<{ json?: boolean }>((session, { json }) => turn(session, "", json))),
    );
}

interface ListFlags {
  readonly state?: OutboundState["at"];
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, { state, limit, json }: ListFlags): Promise<number> {
  const { printer, words } = session;
  const { columns: c, outbox: t } = words.alerting;
  const cases = await (await session.open()).cases();
  const most = readWhole("--limit", limit, words);
  const { messages, stopped } = await cases.read(async (cases) => ({
    messages: await cases.messages({ ...(state && { state }), limit: most }),
    stopped: (await cases.setting(HOLD)) ?? "",
  }));
  if (json) {
    printer.json({ stopped: stopped || null, messages: messages.map(messageAnswer) });
    return exitCodes.ok;
  }
  if (stopped !== "") printer.line(t.isStopped(stopped));
  if (messages.length === 0) printer.line(t.none);
  else
    printer.table(
      [
        { title: c.key },
        { title: c.priority },
        { title: c.contact },
        { title: c.state },
        { title: c.attempts, right: true },
        { title: c.since },
        { title: c.why },
      ],
      messages.map((it) => [
        it.deliveryKey,
        it.priority,
        it.to,
        it.state.at,
        countText(it.attempts),
        minute(it.queuedAt),
        "reason" in it.state ? it.state.reason : it.reason,
      ]),
    );
  return exitCodes.ok;
}

async function show(session: Session, _: object, [key = ""]: readonly string[]): Promise<number> {
  const cases = await (await session.open()).cases();
  const message = await cases.read((cases) => cases.message(key));
  if (message === undefined) throw new Fault("not-possible", `the outbox has no message ${key}`);
  session.around.stdout.write(message.bytes);
  return exitCodes.ok;
}

interface SendFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

async function send(session: Session, { dryRun, json }: SendFlags): Promise<number> {
  const { printer, words, around } = session;
  const t = words.alerting.outbox;
  const bench = await session.open();
  if (dryRun) {
    const now = around.now().toISOString();
    const cases = await bench.cases();
    const due = await cases.read(async (cases) =>
      (await isHeld(cases)) ? [] : cases.sendable(now, COUNTED),
    );
    if (json) printer.json({ sent: 0, due: due.length });
    else printer.line(t.wouldSend(countText(due.length)));
    return exitCodes.ok;
  }
  const sent = await bench.sendDue(session.signal);
  if (json) printer.json({ sent, due: 0 });
  else printer.line(t.sent(countText(sent)));
  return exitCodes.ok;
}

async function turn(session: Session, reason: string, json: boolean | undefined): Promise<number> {
  await setHold(await deskOf(session), reason);
  const { printer, words } = session;
  const { stopped, started } = words.alerting.outbox;
  if (json) printer.json({ stopped: reason || null });
  else printer.line(reason === "" ? started : stopped);
  return exitCodes.ok;
}
