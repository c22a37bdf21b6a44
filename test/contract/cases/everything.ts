import type { CaseSession } from "../../../src/app/case-ports.ts";
import { alert, at, finding, inbound, incident, institution, message } from "./samples.ts";

/** Changes every table of a store that has one thread. */
export async function fillEverything(session: CaseSession): Promise<void> {
  const other = institution({ id: "as-64501" });
  await session.changeDirectory([{ of: "institution", before: null, after: other }]);
  await session.setCursor("folded", "7");
  await session.putFindings([finding(1)]);
  await session.putIncident(incident(1, { assignee: "li" }));
  await session.putIncident(incident(2));
  await session.joinFindings(incident(1).id, [finding(1).key], at(5));
  await session.putAlert(alert(1, { state: { at: "sent" } }));
  await session.addEvent(alert(1).id, at(5), { type: "sending" });
  await session.setTimer({ alert: alert(1).id, timer: "digest", dueAt: at(6) });
  await session.queueMessage(message(1));
  await session.addReceipt({ alert: alert(1).id, level: "R0", at: at(6), evidence: "250 OK" });
  await session.addInbound(inbound(1));
  const due = { openedAt: at(1), dueAt: null };
  await session.openTask({ id: "T-1", kind: "approve", subject: "alert:1", why: "", ...due });
  await session.nextNumber("incident");
  await session.audit({ at: at(7), actor: "li", action: "alert.sent", subject: "alert:1" });
}

/** All that a store has, of what `fillEverything` puts in. */
export async function describeEverything(session: CaseSession) {
  const of = alert(1).id;
  return {
    directory: await session.directory(),
    version: await session.directoryVersion(),
    cursor: await session.cursor("folded"),
    finding: await session.finding(finding(1).key),
    incidents: await session.incidents({ limit: 10 }),
    findings: await session.findingsOf(incident(1).id, { limit: 10 }),
    alerts: await session.alerts({ limit: 10 }),
    events: await session.events(of),
    timers: await session.dueTimers(at(99), 10),
    messages: await session.messages({ limit: 10 }),
    receipts: await session.receiptsOf(of),
    inbound: await session.inbound({ limit: 10 }),
    tasks: await session.tasks({ limit: 10 }),
    audit: await session.auditTrail({ limit: 10 }),
  };
}
