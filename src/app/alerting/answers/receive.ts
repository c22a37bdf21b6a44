import { claimOf } from "../../../core/answer/index.ts";
import type { Instant } from "../../../core/time/index.ts";
import type {
  CaseSession,
  CaseStore,
  InboundMessage,
  Mailbox,
  MailReader,
  ReadMail,
  StopSignal,
} from "../../case-ports.ts";
import type { ApplyEvent } from "../apply-event.ts";
import { openTask } from "../open-task.ts";
import { act } from "./act.ts";
import { findMarks, type Found } from "./find-marks.ts";
import { matchOf, meaningOf } from "./match.ts";

/** What answers are received with. */
export interface AnswerParts {
  readonly cases: CaseStore;
  readonly reader: MailReader;
  readonly applyEvent: ApplyEvent;
  readonly now: () => Instant;
  /** SHA-256, hex. */
  readonly sha256: (bytes: Uint8Array) => string;
}

/** Takes what came into the mailbox, each mail once whatever breaks off; returns how many were new. */
export async function receiveAnswers(
  parts: AnswerParts,
  mailbox: Mailbox,
  signal: StopSignal,
): Promise<number> {
  let fresh = 0;
  for await (const mail of mailbox.fetch(signal)) {
    if (await receiveMail(parts, mail.raw, mail.receivedAt)) fresh++;
    await mail.taken();
  }
  return fresh;
}

/**
 * Takes one mail into the record, with what it means for its alert; false if it is there already. It is stored in any case, and nothing is
 * ever answered.
 */
export async function receiveMail(
  parts: AnswerParts,
  raw: Uint8Array,
  receivedAt: Instant,
): Promise<boolean> {
  const id = parts.sha256(raw);
  const known = await parts.cases.read((session) => session.inbound({ id, limit: 1 }));
  if (known.length > 0) return false;
  const mail = await parts.reader.read(raw);
  const found = await parts.cases.read((session) => findMarks(session, parts.reader, mail));
  const match = matchOf(found.marks);
  const inbound: InboundMessage = {
    id,
    receivedAt,
    from: mail.from,
    subject: mail.subject,
    messageId: mail.messageId,
    class: mail.class,
    alert: match.alert,
    matchedBy: match.alert === null ? null : match.by,
    signature: mail.signed ? await mail.verify(await keysFor(parts.cases, match.alert)) : null,
    text: mail.text,
    raw,
  };
  return parts.cases.write(async (session) => {
    if (!(await session.addInbound(inbound))) return false;
    if (match.alert === null) await quarantine(session, inbound, match.why, parts.now());
    else await takeIn(session, parts, inbound, mail, found);
    return true;
  });
}

/** How the text of an answer begins that nobody could open. */
const SEALED = "-----BEGIN PGP MESSAGE-----";

/** The OpenPGP keys of the contacts of an alert's institution. */
async function keysFor(cases: CaseStore, id: string | null): Promise<string[]> {
  if (id === null) return [];
  return cases.read(async (session) => {
    const alert = await session.alert(id);
    const contacts = alert === undefined ? [] : await session.contactsOf(alert.institution);
    return contacts.flatMap(({ key }) => (key?.type === "openpgp" ? [key.text] : []));
  });
}

async function takeIn(
  session: CaseSession,
  parts: AnswerParts,
  inbound: InboundMessage,
  mail: ReadMail,
  found: Found,
): Promise<void> {
  const now = parts.now();
  const meaning = meaningOf(inbound, claimOf(mail.text));
  await session.audit({
    at: now,
    actor: "mail-in",
    action: "answer.received",
    subject: `alert:${inbound.alert}`,
    after: { ...factsOf(inbound), meaning },
  });
  await act(session, parts.applyEvent, meaning, inbound, mail, found.message, now);
  if (mail.class === "answer" && mail.text.startsWith(SEALED))
    await openTask(session, "read-answer", `alert:${inbound.alert}`, "it is encrypted", now);
}

/** What nobody can match is kept for a person; a program's mail asks for nobody's time. */
async function quarantine(
  session: CaseSession,
  inbound: InboundMessage,
  why: string,
  now: Instant,
): Promise<void> {
  const subject = `inbound:${inbound.id}`;
  await session.audit({
    at: now,
    actor: "mail-in",
    action: "answer.quarantined",
    subject,
    after: { ...factsOf(inbound), why },
  });
  if (inbound.class === "answer") await openTask(session, "read-answer", subject, why, now);
}

function factsOf(inbound: InboundMessage) {
  const { id, from, messageId, class: what, matchedBy, signature } = inbound;
  return { id, from, messageId, class: what, matchedBy, signature };
}
