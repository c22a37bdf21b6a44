import { createHmac, type KeyObject } from "node:crypto";
import type { Envelope, Letter } from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/time/index.ts";
import { addressField, field, isMailAddress, textField } from "./compose-headers.ts";
import { type Entity, entityText, filePart, multipart, textPart } from "./compose-mime.ts";
import { type Protections, sealFor, signatureFor } from "./compose-protection.ts";
import { makeReplyAddresses } from "./reply-address.ts";

/** Who writes, and with what. */
export interface MailSender {
  readonly name: string;
  readonly from: string;
  readonly replyTo: string;
  /** Message-IDs, reply addresses and boundaries are made from it. */
  readonly secret: KeyObject;
  readonly protections: Protections;
}

/** Message-IDs that `References` names: the first and the newest (RFC 5322 sets no limit, servers do). */
const MOST_REFERENCES = 20;

/**
 * Makes mails (RFC 5322, MIME), signed and encrypted. All that identifies a mail is made from its delivery key, and its date is the draft's: the same
 * letter gives the same bytes, unless it is encrypted.
 */
export function makeMailEnvelope(sender: MailSender): Envelope {
  const replies = makeReplyAddresses(sender.replyTo, sender.secret);
  return {
    whyOpen: (contact, now) => sealFor(contact, sender.protections).whyNotTo(contact, now),
    async pack(letter) {
      const { contact, statement, deliveryKey } = letter;
      if (!isMailAddress(contact.address))
        throw new Fault("message-not-allowed", `${contact.id} has no mail address`);
      const marks = marksOf(deliveryKey, sender.secret);
      const messageId = `<${marks.id}@${domainOf(sender.from)}>`;
      const content = await contentOf(letter, marks, sender.protections);
      const headers = [
        field("Date", mailDate(statement.now)),
        addressField("From", sender.from, sender.name),
        addressField("To", contact.address),
        addressField("Reply-To", replies.addressOf(statement.alert)),
        ...headersOf(letter),
        field("Message-ID", messageId),
        ...threadOf(letter.thread),
        field("MIME-Version", "1.0"),
        ...content.headers,
      ];
      return { messageId, bytes: Buffer.from(entityText({ headers, body: content.body })) };
    },
  };
}

/** What identifies a mail, in the capitals-free letters that no server changes. */
interface Marks {
  readonly id: string;
  readonly boundaries: readonly [outer: string, inner: string];
}

function marksOf(deliveryKey: string, secret: KeyObject): Marks {
  const of = (what: string) =>
    createHmac("sha256", secret)
      .update(`tocsin ${what}\n${deliveryKey}`)
      .digest("hex")
      .slice(0, 32);
  return {
    id: of("message id"),
    boundaries: [`=_o${of("outer boundary")}`, `=_i${of("inner boundary")}`],
  };
}

/**
 * What the mail says. Text that others chose stands in the text part only in its harmless form (`report/alert`), and raw only within
 * an attachment: a signature of ours shall not vouch for a sentence of an attacker's.
 */
async function contentOf(
  letter: Letter,
  { boundaries }: Marks,
  protections: Protections,
): Promise<Entity> {
  const [outer, inner] = boundaries;
  const { wording, attachments, sealed, contact, statement } = letter;
  const heading = sealed ? `${wording.subject}\n\n` : "";
  const text = textPart(`${heading}${wording.text}`);
  const content =
    attachments.length === 0
      ? text
      : multipart("mixed", inner, [text, ...attachments.map(filePart)]);
  return sealed
    ? sealFor(contact, protections).encrypt(content, outer, contact, statement.now)
    : signatureFor(contact, protections).sign(content, outer, statement.now);
}

/**
 * `Auto-Submitted` keeps other machines from answering (RFC 3834, section 5). No `Precedence`: it is no standard, and `bulk` would have filters
 * sort an alert among advertisements.
 */
function headersOf({ statement, wording, sealed }: Letter): string[] {
  return [
    textField("Subject", sealed ? wording.outerSubject : wording.subject),
    field("Auto-Submitted", "auto-generated"),
    field("Content-Language", statement.languages.join(", ")),
    field("X-Tocsin-Ticket", statement.ticket),
  ];
}

function threadOf(thread: readonly string[]): string[] {
  const last = thread.at(-1);
  if (last === undefined) return [];
  const some =
    thread.length > MOST_REFERENCES
      ? [...thread.slice(0, 1), ...thread.slice(1 - MOST_REFERENCES)]
      : thread;
  return [field("In-Reply-To", last), field("References", some.join(" "))];
}

/** `Fri, 31 May 2013 08:15:00 +0000` (RFC 5322, section 3.3). */
function mailDate(now: Instant): string {
  return new Date(now).toUTCString().replace("GMT", "+0000");
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
