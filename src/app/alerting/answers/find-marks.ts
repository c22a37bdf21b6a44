import { findTickets } from "../../../core/alert/index.ts";
import type { CaseSession, MailReader, OutboundMessage, ReadMail } from "../../case-ports.ts";
import type { Marks } from "./match.ts";

/** What of a mail leads to the record. */
export interface Found {
  readonly marks: Marks;
  /** The message of ours that it is about or answers, if that is known. */
  readonly message: OutboundMessage | undefined;
}

/** Looks up in the record what a mail's address, references and tickets lead to. */
export async function findMarks(
  session: CaseSession,
  reader: MailReader,
  mail: ReadMail,
): Promise<Found> {
  const message = await messageOf(session, mail);
  const isReport = mail.class.startsWith("delivery-");
  return {
    marks: {
      address: isReport ? undefined : await byAddress(session, reader, mail),
      reference: message?.alert,
      // A report of a message that we do not know is no report of ours, whatever it quotes.
      tickets: isReport ? [] : await byTicket(session, mail),
    },
    message,
  };
}

/** The newest message of ours among those that it names. */
async function messageOf(
  session: CaseSession,
  { about, references }: ReadMail,
): Promise<OutboundMessage | undefined> {
  const ids = about === null ? references.toReversed() : [about.messageId];
  for (const id of ids) {
    const message = id === "" ? undefined : await session.messageById(id);
    if (message !== undefined) return message;
  }
  return undefined;
}

async function byAddress(
  session: CaseSession,
  reader: MailReader,
  mail: ReadMail,
): Promise<string | undefined> {
  for (const address of mail.to) {
    const id = reader.alertOfAddress(address);
    if (id !== undefined && (await session.alert(id)) !== undefined) return id;
  }
  return undefined;
}

const MOST_TICKETS = 20;

async function byTicket(session: CaseSession, mail: ReadMail): Promise<Marks["tickets"]> {
  const found = [];
  for (const ticket of findTickets(`${mail.subject}\n${mail.text}`).slice(0, MOST_TICKETS)) {
    const alert = await session.alertByTicket(ticket);
    if (alert === undefined) continue;
    const contacts = await session.contactsOf(alert.institution);
    const senderKnown = contacts.some(
      ({ channel, address, status }) =>
        channel === "mail" && status !== "superseded" && address.toLowerCase() === mail.from,
    );
    found.push({ alert: alert.id, senderKnown });
  }
  return found;
}
