/** What people do at the desk with incidents and alerts. Each is one transaction, and stands in the audit log under their name. */
import type { Alert, AlertEvent, StepOutcome, TaskKind } from "../../core/alert/index.ts";
import { approvalsNeeded, isTicket } from "../../core/alert/index.ts";
import { Fault } from "../../core/fault.ts";
import type { CloseReason, Incident } from "../../core/incident/index.ts";
import { standingOf } from "../../core/institution/index.ts";
import type { Instant } from "../../core/time/index.ts";
import type { CaseSession, CaseStore, Task } from "../case-ports.ts";
import { happen } from "./happen.ts";
import type { Happening } from "./happening.ts";
import { COMPOSER } from "./compose-queued.ts";
import { HOLD } from "./outbox/index.ts";
import { writableFor } from "./writable-contacts.ts";

/** A person with what they work on. */
export interface Desk {
  readonly cases: CaseStore;
  readonly happening: Happening;
  /** Who acts, as the audit log names them. */
  readonly by: string;
  readonly now: () => Instant;
}

/** Says yes to an alert. Throws Fault `not-possible` if it waits for no approval, or this person's does not count. */
export function approve(desk: Desk, id: string): Promise<Alert> {
  return act(desk, id, () => ({ type: "approved", by: desk.by }), "approve");
}

/** The same of many at once: all, or none if one does not count. */
export function approveAll(desk: Desk, ids: readonly string[]): Promise<Alert[]> {
  return desk.cases.write(async (session) => {
    const approved: Alert[] = [];
    for (const id of ids)
      approved.push(
        await actIn(desk, session, id, () => ({ type: "approved", by: desk.by }), "approve"),
      );
    return approved;
  });
}

/** Keeps an alert from being sent, and takes back what is queued. */
export function hold(desk: Desk, id: string, reason: string): Promise<Alert> {
  return act(desk, id, () => ({ type: "held", by: desk.by, reason }));
}

/**
 * Lets a held alert go, with the approvals that it needs; one that has nobody to write to gets the institution's first usable contact. Throws
 * Fault `not-possible` while there is none.
 */
export async function release(desk: Desk, id: string): Promise<Alert> {
  return desk.cases.write((session) => releaseIn(desk, session, id));
}

/** Lets go every alert of an institution that was held because nobody could be written to: somebody made sure of a contact. */
export async function releaseOf(desk: Desk, institution: string): Promise<Alert[]> {
  return desk.cases.write(async (session) => {
    const released: Alert[] = [];
    for (const { id } of await session.alerts({ institution, state: "held", limit: 10_000 }))
      if (await waitsForContact(session, id)) released.push(await releaseIn(desk, session, id));
    return released;
  });
}

/** What is asked for when a contact is what is missing. */
const FOR_CONTACT: readonly (TaskKind | undefined)[] = [
  "verify-contact",
  "reverify-contact",
  "find-contact",
  // The usual reason, which a drafting need not name.
  undefined,
];

/** Whether an alert is held for want of a contact; what a person or a cap holds waits for a person. */
async function waitsForContact(session: CaseSession, id: string): Promise<boolean> {
  const events = (await session.events(id)).map(({ event }) => event);
  const last = events.findLast(({ type }) => type === "drafted" || type === "held");
  if (last?.type === "held") return last.by === COMPOSER;
  return last?.type === "drafted" && last.hold !== null && FOR_CONTACT.includes(last.task);
}

async function releaseIn(desk: Desk, session: CaseSession, id: string): Promise<Alert> {
  const now = desk.now();
  const alert = await withContact(session, await alertOf(session, id), now);
  await session.putAlert(alert);
  const released = await actIn(desk, session, alert.id, async () => {
    const needs = await needsOf(desk, session, alert, now);
    return { type: "released", by: desk.by, needs };
  });
  const open = await session.tasks({ open: true, subject: `alert:${alert.id}`, limit: 100 });
  for (const task of open)
    if (task.kind === "find-contact") await session.finishTask(task.id, desk.by, now, "released");
  return released;
}

/** The alert with a contact that may be written to, if its institution has one. */
async function withContact(session: CaseSession, alert: Alert, now: Instant): Promise<Alert> {
  const writable = await writableFor(session, alert, now);
  const next = writable.find(({ contact }) => contact === alert.contact) ?? writable[0];
  return next === undefined ? alert : { ...alert, ...next };
}

/** Sends the first message without waiting for more findings. */
export function sendNow(desk: Desk, id: string): Promise<Alert> {
  return act(desk, id, (_, { state }) => {
    if (state.at === "draft") return { type: "timer", timer: "first-message" };
    throw notPossible(`it is ${state.at}: only a draft is waiting to be sent`);
  });
}

/** Sends the alert once more, to its contact as it is now. */
export function resend(desk: Desk, id: string): Promise<Alert> {
  return act(desk, id, () => ({ type: "resend-asked", by: desk.by }));
}

/** Notes an answer that came by another way, such as the telephone. */
export function acknowledge(
  desk: Desk,
  id: string,
  what: "acknowledged" | "claimed-fixed" | "disputed",
): Promise<Alert> {
  return act(desk, id, () => ({ type: what, by: desk.by }));
}

/** Says of a message of which nobody knows whether it arrived. */
export function decideUnknown(desk: Desk, id: string, arrived: boolean): Promise<Alert> {
  return act(desk, id, () => ({ type: "resolved", by: desk.by, arrived }), "decide-unknown");
}

/** Gives an incident to somebody; empty: to nobody. Throws Fault `incident-unknown`. */
export async function assignIncident(desk: Desk, id: string, assignee: string): Promise<Incident> {
  return desk.cases.write(async (session) => {
    const incident = await incidentOf(session, id);
    return save(desk, session, incident, { ...incident, assignee }, "assigned");
  });
}

/** Closes an incident, its alerts and the tasks of both. */
export async function closeIncident(
  desk: Desk,
  id: string,
  reason: CloseReason,
  note: string,
): Promise<Incident> {
  const now = desk.now();
  return desk.cases.write(async (session) => {
    const incident = await incidentOf(session, id);
    if (incident.state.at === "closed") throw notPossible(`incident ${id} is closed already`);
    const state = { at: "closed", on: now, by: desk.by, reason, note } as const;
    const closed = await save(desk, session, incident, { ...incident, state }, "closed");
    const subjects = [`incident:${closed.id}`];
    for (const alert of await session.alerts({ incident: closed.id, limit: 1000 })) {
      await happen(desk.happening, session, alert.id, { type: "closed", by: desk.by, reason }, now);
      subjects.push(`alert:${alert.id}`);
    }
    for (const subject of subjects)
      for (const task of await session.tasks({ open: true, subject, limit: 1000 }))
        await session.finishTask(task.id, desk.by, now, reason);
    return closed;
  });
}

/** The kill switch: with a reason nothing leaves any more; empty: messages leave again. */
export async function setHold(desk: Desk, reason: string): Promise<void> {
  await desk.cases.write(async (session) => {
    const before = (await session.setting(HOLD)) ?? "";
    await session.setSetting(HOLD, reason);
    await session.audit({
      at: desk.now(),
      actor: desk.by,
      action: reason === "" ? "outbox.started" : "outbox.stopped",
      subject: "outbox",
      before,
      after: reason,
    });
  });
}

/** Notes that a task is done. Throws Fault `not-possible` if there is no such open task. */
export async function finishTask(desk: Desk, id: string, note: string): Promise<Task> {
  return desk.cases.write(async (session) => {
    const [task] = await session.tasks({ id, open: true, limit: 1 });
    if (task === undefined) throw notPossible(`there is no open task ${id}`);
    const on = desk.now();
    await session.finishTask(id, desk.by, on, note);
    await session.audit({
      at: on,
      actor: desk.by,
      action: "task.done",
      subject: task.subject,
      after: { task: id, kind: task.kind, note },
    });
    return { ...task, done: { on, by: desk.by, note } };
  });
}

/** A person says which alert a message that came in answers: it counts as an acknowledgement. */
export async function assignAnswer(desk: Desk, answer: string, id: string): Promise<Alert> {
  const now = desk.now();
  return desk.cases.write(async (session) => {
    const alert = await alertOf(session, id);
    await session.assignInbound(answer, alert.id);
    await session.audit({
      at: now,
      actor: desk.by,
      action: "answer.assigned",
      subject: `alert:${alert.id}`,
      after: { answer },
    });
    for (const task of await session.tasks({ open: true, subject: `inbound:${answer}`, limit: 10 }))
      await session.finishTask(task.id, desk.by, now, alert.id);
    const event = { type: "acknowledged", by: desk.by } as const;
    return (await happen(desk.happening, session, alert.id, event, now, answer)).alert;
  });
}

/** Finds an alert by its id or its ticket. Throws Fault `alert-unknown`. */
export async function alertOf(session: CaseSession, id: string): Promise<Alert> {
  const name = id.toUpperCase();
  const alert = isTicket(name) ? await session.alertByTicket(name) : await session.alert(name);
  if (alert === undefined) throw new Fault("alert-unknown", `there is no alert ${id}`);
  return alert;
}

/** Finds an incident. Throws Fault `incident-unknown`. */
export async function incidentOf(session: CaseSession, id: string): Promise<Incident> {
  const incident = await session.incident(id.toUpperCase());
  if (incident === undefined) throw new Fault("incident-unknown", `there is no incident ${id}`);
  return incident;
}

async function needsOf(
  { happening }: Desk,
  session: CaseSession,
  alert: Alert,
  now: Instant,
): Promise<number> {
  const contact = await session.contact(alert.contact);
  if (contact === undefined) throw notPossible("there is nobody to write to");
  const standing = standingOf(contact, now);
  if (standing !== "usable")
    throw notPossible(
      `contact ${contact.id} is ${standing}; verify it first: tocsin institution verify ${contact.id}`,
    );
  return approvalsNeeded({
    approval: alert.terms.approval,
    tlp: alert.tlp,
    fourEyesFrom: happening.fourEyesFrom,
    firstContact: (await session.countDelivered(alert.contact)) === 0,
    draftedByHand: true,
  });
}

type EventFor = (
  session: CaseSession,
  alert: Alert,
  now: Instant,
) => AlertEvent | Promise<AlertEvent>;

/** Lets an event of a person's happen, in a transaction of its own. */
function act(desk: Desk, id: string, event: EventFor, task?: string): Promise<Alert> {
  return desk.cases.write((session) => actIn(desk, session, id, event, task));
}

/** The task that asked for it is done with it. */
async function actIn(
  desk: Desk,
  session: CaseSession,
  id: string,
  event: EventFor,
  task?: string,
): Promise<Alert> {
  const now = desk.now();
  const alert = await alertOf(session, id);
  const what = await event(session, alert, now);
  const outcome = await happen(desk.happening, session, alert.id, what, now);
  if (outcome.ignored !== null) throw notPossible(outcome.ignored);
  if (task !== undefined) await finish(desk, session, outcome, task, now);
  return outcome.alert;
}

/** A task that asks for several approvals is done with the last. */
async function finish(
  { by }: Desk,
  session: CaseSession,
  { alert }: StepOutcome,
  task: string,
  now: Instant,
): Promise<void> {
  if (alert.state.at === "awaiting-approval") return;
  const open = await session.tasks({ open: true, subject: `alert:${alert.id}`, limit: 100 });
  for (const { id, kind } of open)
    if (kind === task) await session.finishTask(id, by, now, alert.state.at);
}

async function save(
  desk: Desk,
  session: CaseSession,
  before: Incident,
  after: Incident,
  action: string,
): Promise<Incident> {
  const now = desk.now();
  const incident = { ...after, updatedAt: now };
  await session.putIncident(incident);
  await session.audit({
    at: now,
    actor: desk.by,
    action: `incident.${action}`,
    subject: `incident:${incident.id}`,
    before: { assignee: before.assignee, state: before.state },
    after: { assignee: incident.assignee, state: incident.state },
  });
  return incident;
}

function notPossible(reason: string): Fault {
  return new Fault("not-possible", reason);
}
