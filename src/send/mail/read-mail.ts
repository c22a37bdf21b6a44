import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import type { PrivateKey } from "openpgp";
import type { InboundClass, MailReader, ReadMail } from "../../app/case-ports.ts";
import { claimOf } from "../../core/answer/index.ts";
import { isAutomatic } from "./auto-mail.ts";
import { checkSignature } from "./check-signature.ts";
import { deliveryReportIn } from "./delivery-report.ts";
import { type MimePart, mimePartOf } from "./mime-part.ts";
import { oldBounceIn } from "./old-bounce.ts";
import type { ReplyAddresses } from "./reply-address.ts";
import { sealedIn, unseal } from "./sealed-mail.ts";
import { inlineText, type Signed, signedIn } from "./signed-mail.ts";

const MOST_TEXT = 65_536;
const MOST_REFERENCES = 100;
/** Where a mail says to whom it went. */
const RECIPIENTS = ["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"];

/** Reads what comes into the mailbox for answers; what is encrypted for our key as well, if it is given. */
export function makeMailReader(
  addresses: Pick<ReplyAddresses, "alertOf">,
  key?: PrivateKey,
): MailReader {
  return {
    read: (raw) => read(raw, key),
    alertOfAddress: (address) => addresses.alertOf(address),
  };
}

async function read(raw: Uint8Array, key: PrivateKey | undefined): Promise<ReadMail> {
  const mail = mimePartOf(Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString("latin1"));
  const { headers } = mail;
  const head = await parsed(mail.raw);
  const { text, isSigned, verify } = await contentOf(mail, head.text, key);
  const references = idsIn(
    `${headers.get("references") ?? ""} ${headers.get("in-reply-to") ?? ""}`,
  );
  const subject = head.subject ?? headers.get("subject") ?? "";
  const from = head.from?.value[0]?.address?.toLowerCase() ?? "";
  const report =
    deliveryReportIn(mail) ?? oldBounceIn({ from, subject, text, headers, references });
  return {
    from,
    to: recipientsOf(head.to, head.cc, headers),
    subject,
    messageId: idsIn(headers.get("message-id") ?? "")[0] ?? "",
    references,
    class: report?.class ?? classOf(mail, subject, text),
    about: report?.about ?? null,
    text,
    signed: isSigned,
    verify,
  };
}

/** What a mail says, and whose signature is over it. */
interface Content {
  readonly text: string;
  readonly isSigned: boolean;
  readonly verify: ReadMail["verify"];
}

/** What is encrypted for another key than ours is all that there is to read. */
async function contentOf(
  mail: MimePart,
  whole: string | undefined,
  key: PrivateKey | undefined,
): Promise<Content> {
  const sealed = sealedIn(mail);
  if (sealed === undefined) return plainContent(mail, whole);
  const inside = key && (await unseal(sealed, key));
  if (!inside)
    return {
      text: sealed.armoured.slice(0, MOST_TEXT),
      isSigned: false,
      verify: () => Promise.resolve(null),
    };
  const part = mimePartOf(sealed.isPart ? inside.raw : `${UTF8_TEXT}${inside.raw}`);
  const content = await plainContent(part, (await parsed(part.raw)).text);
  return content.isSigned || !inside.isSigned
    ? content
    : { ...content, isSigned: true, verify: (keys) => inside.verify(keys) };
}

const UTF8_TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\n";

async function plainContent(part: MimePart, whole: string | undefined): Promise<Content> {
  const signed = signedIn(part);
  return {
    text: await textIn(part, signed, whole),
    isSigned: signed !== undefined,
    verify: async (keys) => (signed === undefined ? null : checkSignature(signed, keys)),
  };
}

/** What a program sent is no answer; but where that is not sure, an outright word is a person's. */
function classOf(mail: MimePart, subject: string, text: string): InboundClass {
  const { headers, type, params } = mail;
  const isReceipt =
    type === "multipart/report" && params.get("report-type") === "disposition-notification";
  const automatic = isAutomatic(headers, subject);
  if (isReceipt || automatic === "surely") return "auto-reply";
  return automatic === "perhaps" && claimOf(text) === "none" ? "auto-reply" : "answer";
}

/** If a part is signed only its text counts: anything may have been put around it. */
async function textIn(mail: MimePart, signed: Signed | undefined, whole = ""): Promise<string> {
  if (signed?.as === "pgp-inline") return inlineText(signed.text).slice(0, MOST_TEXT);
  if (signed?.as !== "pgp-mime") return (whole || mail.body).slice(0, MOST_TEXT);
  const { text = "" } = await parsed(signed.part);
  return text.slice(0, MOST_TEXT);
}

/** Parses leniently: what cannot be parsed has no fields. */
async function parsed(raw: string): Promise<Partial<ParsedMail>> {
  try {
    return await simpleParser(Buffer.from(raw, "latin1"), {
      skipTextToHtml: true,
      skipImageLinks: true,
      maxHtmlLengthToParse: 500_000,
    });
  } catch {
    return {};
  }
}

function recipientsOf(
  to: AddressObject | AddressObject[] | undefined,
  cc: AddressObject | AddressObject[] | undefined,
  headers: ReadonlyMap<string, string>,
): string[] {
  const named = [to, cc]
    .flat()
    .flatMap((list) => list?.value ?? [])
    .flatMap(({ address, group }) => [address, ...(group ?? []).map((one) => one.address)]);
  const written = RECIPIENTS.flatMap(
    (name) => headers.get(name)?.match(/[^\s<>,;:"()[\]]{1,128}@[^\s<>,;:"()[\]]{1,255}/g) ?? [],
  );
  const all = [...named, ...written].flatMap((address) => address?.toLowerCase() ?? []);
  return [...new Set(all)].slice(0, MOST_REFERENCES);
}

function idsIn(text: string): string[] {
  return [...new Set(text.match(/<[^<>\s]{1,250}>/g) ?? [])].slice(-MOST_REFERENCES);
}
