import { type Command, Option } from "commander";
import { assignIncident, closeIncident, incidentOf } from "../../app/alerting/index.ts";
import type { CaseFinding, IncidentFilter } from "../../app/case-ports.ts";
import { priorities } from "../../core/alert/index.ts";
import { type CloseReason, closeReasons, type Incident } from "../../core/incident/index.ts";
import { deskOf } from "../alerting/desk-of.ts";
import { printAlerts, printTasks } from "../alerting/print.ts";
import { minute } from "../alerting/views.ts";
import type { CommandHost } from "../command-host.ts";
import { exitCodes } from "../exit-codes.ts";
import { countText } from "../numbers.ts";
import { readWhole } from "../read-values.ts";
import type { Session } from "../session.ts";

const SHOWN = "20";

/** `tocsin incident list|show|assign|close` */
export function incidentCommand(host: CommandHost): Command {
  const t = host.words.alerting.incidents;
  const command = (name: string, says: string) =>
    host.command(name, says).argument("<incident>", t.id).addOption(host.jsonOption());
  return host
    .command("incident", host.words.commands.incident)
    .addCommand(
      host
        .command("list", t.list)
        .addOption(new Option("--state <state>", t.state).choices(["open", "closed"]))
        .option("--institution <id>", t.institution)
        .addOption(new Option("--priority <priority>", t.priority).choices([...priorities]))
        .option("--assignee <name>", t.ofAssignee)
        .option("--threat <threat>", t.threat)
        .option("--limit <count>", t.limit, SHOWN)
        .option("--before <incident>", t.before)
        .addOption(host.jsonOption())
        .action(host.act<ListFlags>(list)),
    )
    .addCommand(
      command("show", t.show)
        .option("--limit <count>", t.limit, SHOWN)
        .action(host.act<ShowFlags>(show)),
    )
    .addCommand(
      command("assign", t.assign)
        .argument("<name>", t.assignee)
        .action(host.act<{ json?: boolean }>(assign)),
    )
    .addCommand(
      command("close", t.close)
        .addOption(
          new Option("--reason <reason>", t.reason)
            .choices([...closeReasons])
            .makeOptionMandatory(),
        )
        .option("--note <words>", t.note, "")
        .action(host.act<CloseFlags>(close)),
    );
}

interface ListFlags extends Omit<IncidentFilter, "limit"> {
  readonly limit: string;
  readonly json?: boolean;
}

async function list(session: Session, flags: ListFlags): Promise<number> {
  const { json, limit, ...filter } = flags;
  const { printer, words } = session;
  const cases = await (await session.open()).cases();
  const found = await cases.read((cases) =>
    cases.incidents({ ...filter, limit: readWhole("--limit", limit, words) }),
  );
  if (json) printer.json({ incidents: found });
  else printIncidents(session, found);
  return exitCodes.ok;
}

function printIncidents({ printer, words }: Session, incidents: readonly Incident[]): void {
  const { columns: c, incidents: t } = words.alerting;
  if (incidents.length === 0) return printer.line(t.none);
  printer.table(
    [
      { title: c.id },
      { title: c.priority },
      { title: c.threat },
      { title: c.institution },
      { title: c.findings, right: true },
      { title: c.state },
      { title: c.assignee },
      { title: c.opened },
      { title: c.updated },
    ],
    incidents.map((it) => [
      it.id,
      it.priority,
      it.threat,
      it.institution,
      countText(it.findings),
      it.state.at === "closed" ? it.state.reason : it.state.at,
      it.assignee,
      minute(it.openedAt),
      minute(it.updatedAt),
    ]),
  );
}

interface ShowFlags {
  readonly limit: string;
  readonly json?: boolean;
}

async function show(session: Session, { limit, json }: ShowFlags, [id = ""]: readonly string[]) {
  const { printer, words } = session;
  const most = readWhole("--limit", limit, words);
  const cases = await (await session.open()).cases();
  const it = await cases.read(async (cases) => {
    const incident = await incidentOf(cases, id);
    return {
      incident,
      findings: await cases.findingsOf(incident.id, { limit: most }),
      alerts: await cases.alerts({ incident: incident.id, limit: 100 }),
      tasks: await cases.tasks({ open: true, subject: `incident:${incident.id}`, limit: 100 }),
    };
  });
  if (json) printer.json(it);
  else {
    printIncidents(session, [it.incident]);
    printFindings(session, it.findings);
    printAlerts(session, it.alerts);
    if (it.tasks.length > 0) printTasks(session, it.tasks);
  }
  return exitCodes.ok;
}

function printFindings({ printer, words }: Session, findings: readonly CaseFinding[]): void {
  const c = words.alerting.columns;
  printer.line("");
  printer.table(
    [
      { title: c.asset },
      { title: c.country },
      { title: "AS", right: true },
      { title: c.times, right: true },
      { title: c.lastSeen },
      { title: c.state },
    ],
    findings.map((it) => [
      it.asset,
      it.country,
      it.asn === 0 ? "" : String(it.asn),
      countText(it.observations),
      minute(it.lastSeen),
      it.state,
    ]),
  );
  printer.line("");
}

async function assign(
  session: Session,
  { json }: { json?: boolean },
  [id = "", name = ""]: readonly string[],
) {
  const incident = await assignIncident(await deskOf(session), id, name === "-" ? "" : name);
  const { printer, words } = session;
  if (json) printer.json({ incident });
  else printer.line(words.alerting.incidents.assigned(incident.id, incident.assignee));
  return exitCodes.ok;
}

interface CloseFlags {
  readonly reason: CloseReason;
  readonly note: string;
  readonly json?: boolean;
}

async function close(
  session: Session,
  { reason, note, json }: CloseFlags,
  [id = ""]: readonly string[],
) {
  const incident = await closeIncident(await deskOf(session), id, reason, note);
  const { printer, words } = session;
  if (json) printer.json({ incident });
  else printer.line(words.alerting.incidents.closed(incident.id, reason));
  return exitCodes.ok;
}
