import type { InboundClass, ReadMail } from "../../app/case-ports.ts";
import { allParts, fieldsOf, type MimePart, textOf } from "./mime-part.ts";

/** What a report says of the delivery of a message of ours. */
export interface DeliveryReport {
  readonly class: Extract<InboundClass, `delivery-${string}`>;
  readonly about: NonNullable<ReadMail["about"]>;
}

const REPORT = /^message\/(global-)?delivery-status$/;
const RETURNED = /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;

/** Reads a delivery status notification (RFC 3464, RFC 6533); `undefined` if the mail has none. */
export function deliveryReportIn(mail: MimePart): DeliveryReport | undefined {
  const parts = [...allParts(mail)];
  const report = parts.find(({ type }) => REPORT.test(type));
  if (report === undefined) return undefined;
  const [message, ...recipients] = groupsOf(textOf(report));
  if (message === undefined) return undefined;
  const told = worstOf(recipients.length > 0 ? recipients : [message]);
  const envelope = xtext(message.get("original-envelope-id") ?? "");
  return {
    class: told.class,
    about: {
      messageId: returnedId(parts) || (envelope === "" ? "" : `<${envelope}>`),
      status: told.status,
      reason: told.explained
        ? told.reason
        : [told.reason, wordsFor(parts, told.recipient)].join(" ").trim(),
    },
  };
}

/** The groups of fields of a report: the first is of the message, the others of a recipient each. */
function groupsOf(text: string): Map<string, string>[] {
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
}

const CLASSES = {
  failed: "delivery-failure",
  delayed: "delivery-delay",
  delivered: "delivery-success",
  relayed: "delivery-success",
  expanded: "delivery-success",
} as const;

/** What is worst among the recipients. */
function worstOf(recipients: readonly ReadonlyMap<string, string>[]) {
  const order = Object.keys(CLASSES);
  const told = recipients.map((fields) => {
    const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "";
    const action = fields.get("action")?.toLowerCase().split(/[\s(]/)[0] ?? "";
    const known = order.includes(action) ? action : byStatus(status);
    const diagnostic = (fields.get("diagnostic-code") ?? "").replace(/^[\w-]+\s*;\s*/, "");
    const recipient = fields.get("final-recipient")?.replace(/^[^;]*;\s*/, "") ?? "";
    const reason = [recipient, status, diagnostic];
    return {
      class: CLASSES[known as keyof typeof CLASSES],
      status,
      reason: reason.filter(Boolean).join(" ").slice(0, 500),
      recipient,
      explained: diagnostic !== "",
      rank: order.indexOf(known),
    };
  });
  return told.sort((a, b) => a.rank - b.rank)[0]!;
}

/** What a server that gives no diagnostic wrote for people, below the recipient's address. */
function wordsFor(parts: readonly MimePart[], recipient: string): string {
  const human = parts.find(({ type }) => type === "text/plain");
  if (human === undefined || recipient === "") return "";
  const text = textOf(human);
  const at = text.indexOf(recipient);
  const below = at < 0 ? "" : text.slice(at + recipient.length).replace(/^\S*/, "");
  return /^\s*(\S[^\r\n]{0,300})/.exec(below)?.[1]?.trim() ?? "";
}

/** For reports that give no proper action. */
function byStatus(status: string): keyof typeof CLASSES {
  if (status.startsWith("2")) return "delivered";
  return status.startsWith("4") ? "delayed" : "failed";
}

/** The Message-ID of what was returned. */
function returnedId(parts: readonly MimePart[]): string {
  for (const part of parts)
    if (RETURNED.test(part.type)) {
      const id = /<[^<>\s]+>/.exec(fieldsOf(headOf(textOf(part))).get("message-id") ?? "")?.[0];
      if (id !== undefined) return id;
    }
  return "";
}

function headOf(text: string): string {
  return text.replace(/^(\r?\n)+/, "").split(/\r?\n\r?\n/, 1)[0]!;
}

/** `+3C` is `<` (RFC 3461, section 4). */
function xtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
