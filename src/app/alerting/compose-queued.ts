import { after, type Alert, defaultTimers, type MessageKind } from "../../core/alert/index.ts";
import { Fault, isFault } from "../../core/fault.ts";
import type { Instant } from "../../core/time/index.ts";
import type {
  CaseFinding,
  CaseSession,
  CaseStore,
  Composed,
  Composer,
  Draft,
  OutboundMessage,
} from "../case-ports.ts";
import { happen } from "./happen.ts";
import type { Happening } from "./happening.ts";
import { openTask } from "./open-task.ts";

/** Who holds an alert of which nothing may be said. */
export const COMPOSER = "composer";

/** Findings that one message is about, at most: the rest is named by its number. */
const MOST_FINDINGS = 10_000;

/** What composing works with. */
export interface Composing {
  readonly cases: CaseStore;
  readonly composer: Composer;
  /** Told beforehand what the next messages are about, so that what must be looked up is looked up together. */
  readonly prepare?: (findings: readonly CaseFinding[]) => Promise<void>;
  readonly happening: Happening;
  /** SHA-256, hex. */
  readonly digest: (bytes: Uint8Array) => string;
  readonly now: () => Instant;
}

/**
 * Makes the bytes of alerts' queued messages and commits them to the outbox, together. What may not be said is held for a person. An alert
 * whose message was taken back, or is in the outbox already, is passed over.
 */
export async function composeQueued(parts: Composing, alerts: readonly string[]): Promise<void> {
  const drafts = await parts.cases.read(async (session) => {
    const found = [];
    for (const id of alerts)
      found.push(await orFault(() => draftOf(parts.happening, session, id, parts.now())));
    return found;
  });
  await parts.prepare?.(drafts.flatMap((it) => (isFault(it) ? [] : (it?.findings ?? []))));
  const made: (Made | Fault | undefined)[] = [];
  for (const draft of drafts)
    made.push(
      draft === undefined || isFault(draft)
        ? draft
        : await orFault(async () => ({ draft, composed: await parts.composer.compose(draft) })),
    );
  await parts.cases.write(async (session) => {
    for (const [at, id] of alerts.entries()) {
      const one = made[at];
      if (one === undefined) await session.clearTimer(id, "compose");
      else if (isFault(one)) await hold(parts, session, id, one);
      else await commit(parts, session, one.draft, one.composed);
    }
  });
}

/** A draft with its message. */
interface Made {
  readonly draft: Draft;
  readonly composed: Composed;
}

/** What is wrong with one alert for good is that alert's, and stops no other. */
async function orFault<T>(work: () => Promise<T>): Promise<T | Fault> {
  try {
    return await work();
  } catch (error) {
    if (!isFault(error) || error.retry === "transient") throw error;
    return error;
  }
}

/** What the message of an alert as it is would be made of; `undefined` if none is queued, or it is in the outbox. */
async function draftOf(
  by: Happening,
  session: CaseSession,
  id: string,
  now: Instant,
): Promise<Draft | undefined> {
  const alert = await session.alert(id);
  if (alert?.state.at !== "queued") return undefined;
  const deliveryKey = deliveryKeyOf(alert, alert.state.message);
  if ((await session.message(deliveryKey)) !== undefined) return undefined;
  return readDraft(by, session, alert, alert.state.message, deliveryKey, now);
}

/** What the next message of an alert would be made of: the one that is queued, else the one that its state leads to. */
export function previewDraft(
  by: Happening,
  session: CaseSession,
  alert: Alert,
  now: Instant,
): Promise<Draft> {
  const { state, life } = alert;
  if ("message" in state) {
    const key = deliveryKeyOf(alert, state.message);
    return readDraft(by, session, alert, state.message, key, now);
  }
  const message = life.firstSentAt === null ? "alert" : "update";
  const key = `${alert.id}/${message}-${life.messages + 1}`;
  return readDraft(by, session, alert, message, key, now);
}

/** The key under which the step that queued the message meant it. */
function deliveryKeyOf({ id, life }: Alert, message: MessageKind): string {
  return `${id}/${message}-${life.messages}`;
}

/** All that a message of an alert is made of, as of a transaction. Throws Fault `case-conflict` if its contact is gone. */
async function readDraft(
  { book }: Happening,
  session: CaseSession,
  alert: Alert,
  message: MessageKind,
  deliveryKey: string,
  now: Instant,
): Promise<Draft> {
  const incident = await session.incident(alert.incident);
  const institution = await session.institution(alert.institution);
  const contact = await session.contact(alert.contact);
  if (incident === undefined || institution === undefined || contact === undefined)
    throw new Fault(
      "case-conflict",
      `alert ${alert.id} has nobody to write to: its contact is gone`,
    );
  const since = message === "update" ? await toldUntil(session, alert.id) : null;
  const timers = (await book.open(session, now))?.rules.timers ?? defaultTimers;
  const { acknowledgement } = timers[alert.priority];
  return {
    alert,
    message,
    deliveryKey,
    incident,
    institution,
    contact,
    findings: await session.findingsOf(incident.id, {
      limit: MOST_FINDINGS,
      ...(since !== null && { since }),
    }),
    total: incident.findings,
    thread: await threadOf(session, alert.id),
    now,
    answerBy:
      acknowledgement === null || message === "closure"
        ? null
        : after(acknowledgement, now, contact.hours),
  };
}

/**
 * The moment as of which an alert's institution was told last: when that message was made, not when it arrived, for findings may have
 * joined in between. `null`: it was told nothing yet.
 */
export async function toldUntil(session: CaseSession, alert: string): Promise<Instant | null> {
  const messages = await session.messages({ alert, limit: 1000 });
  const told = messages.filter(({ state }) => state.at === "delivered" || state.at === "unknown");
  return told[0]?.queuedAt ?? null;
}

async function threadOf(session: CaseSession, alert: string): Promise<string[]> {
  const messages = await session.messages({ alert, limit: 1000 });
  return messages
    .filter(({ state }) => state.at === "delivered" || state.at === "unknown")
    .map(({ messageId }) => messageId)
    .toReversed();
}

async function commit(
  { digest, now }: Composing,
  session: CaseSession,
  draft: Draft,
  composed: Composed,
): Promise<void> {
  const { alert, message, deliveryKey, contact } = draft;
  const current = await session.alert(alert.id);
  const stillQueued =
    current?.state.at === "queued" &&
    deliveryKeyOf(current, current.state.message) === deliveryKey &&
    current.contact === contact.id;
  // If it is not, the timer is left to whatever message was queued meanwhile.
  if (!stillQueued) return;
  await session.clearTimer(alert.id, "compose");
  const outbound: OutboundMessage = {
    deliveryKey,
    alert: alert.id,
    message,
    channel: contact.channel,
    institution: alert.institution,
    contact: contact.id,
    to: contact.address,
    messageId: composed.messageId,
    bytes: composed.bytes,
    sha256: digest(composed.bytes),
    tlp: composed.tlp,
    priority: alert.priority,
    reason: `${alert.rule}, rung ${alert.rung}, ${draft.findings.length} of ${draft.total} findings, ${composed.withheld} withheld`,
    notBefore: draft.now,
    queuedAt: draft.now,
    state: { at: "queued" },
    attempts: 0,
  };
  const queued = await session.queueMessage(outbound);
  if (queued)
    await session.audit({
      at: now(),
      actor: "daemon",
      action: "message.queued",
      subject: `alert:${alert.id}`,
      after: { deliveryKey, to: outbound.to, sha256: outbound.sha256, reason: outbound.reason },
    });
}

/** What cannot be said by a rule is put before a person. */
async function hold(
  parts: Composing,
  session: CaseSession,
  alert: string,
  { message }: Fault,
): Promise<void> {
  const now = parts.now();
  await session.clearTimer(alert, "compose");
  const event = { type: "held", by: COMPOSER, reason: message } as const;
  await happen(parts.happening, session, alert, event, now);
  await openTask(session, "find-contact", `alert:${alert}`, message, now);
}
