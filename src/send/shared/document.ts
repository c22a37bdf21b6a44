import { createHmac, type KeyObject } from "node:crypto";
import type { Envelope, Letter } from "../../app/case-ports.ts";

/**
 * Messages for machines, as one JSON object: what a mail says, its text, and its files as they are. It is for a webhook that is reached by TLS, or
 * for a folder of our own; what must be sealed may be in it.
 */
export function makeDocumentEnvelope(secret: KeyObject): Envelope {
  return {
    whyOpen: ({ channel, address }) =>
      Promise.resolve(
        channel === "webhook" && !address.startsWith("https://")
          ? "the webhook is not reached by TLS"
          : null,
      ),
    pack(letter) {
      const messageId = createHmac("sha256", secret)
        .update(`tocsin message id\n${letter.deliveryKey}`)
        .digest("hex")
        .slice(0, 32);
      const text = `${JSON.stringify(documentOf(letter, messageId), null, 2)}\n`;
      return Promise.resolve({ messageId, bytes: Buffer.from(text) });
    },
  };
}

function documentOf(
  { statement, wording, attachments, thread }: Letter,
  messageId: string,
): object {
  const { message, ticket, now, tlp, to, kind, family, side, total, answerBy } = statement;
  return {
    tocsin: 1,
    message,
    message_id: messageId,
    thread,
    ticket,
    at: now,
    tlp,
    to,
    side,
    kind,
    family,
    findings: statement.items.length,
    total,
    answer_by: answerBy,
    subject: wording.subject,
    text: wording.text,
    files: attachments,
  };
}
