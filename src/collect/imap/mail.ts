import { simpleParser } from "mailparser";
import { fitsOne } from "../shared/name-pattern.ts";
import { type DkimVerdict, dkimVerdict } from "./authentication.ts";

/** What to look for in a mail. */
export interface MailWishes {
  /** Patterns of the names of attachments. */
  readonly attachments: readonly string[];
  /** The mail itself. */
  readonly whole: boolean;
  /** Hosts of links. */
  readonly links: readonly string[];
  /** Our own mail server's names in Authentication-Results. */
  readonly authserv: readonly string[];
}

/** What was found in a mail. */
export interface MailContents {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly links: readonly URL[];
  readonly dkim: DkimVerdict;
}

const MAIL_TYPE = "message/rfc822";
const LINK = /https?:\/\/[^\s"'<>()\\]+/gi;

/** Finds what is wanted in a mail. */
export async function readMail(
  source: Uint8Array,
  sender: string,
  { attachments, whole, links, authserv }: MailWishes,
): Promise<MailContents> {
  const mail = await simpleParser(Buffer.from(source), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  const files = mail.attachments
    .map(({ filename, contentType, content }, at) => ({
      name: filename ?? nameFor(contentType, at),
      bytes: content,
    }))
    .filter(({ name, bytes }) => bytes.length > 0 && fitsOne(name, attachments));
  const texts = [mail.text ?? "", mail.html === false ? "" : (mail.html ?? "")];
  const results = mail.headerLines
    .filter(({ key }) => key === "authentication-results")
    .map(({ line }) => line.slice(line.indexOf(":") + 1).replace(/\r?\n[ \t]+/g, " "));
  return {
    files: whole ? [{ name: "mail.eml", bytes: source }, ...files] : files,
    links: linksIn(texts, links),
    dkim: dkimVerdict(results, authserv, sender),
  };
}

/** An attachment without a name is called by its type. */
function nameFor(contentType: string, at: number): string {
  if (contentType === MAIL_TYPE) return `attachment-${at + 1}.eml`;
  const [, type = "bin"] = /\/(?:x-)?([a-z0-9]+)/i.exec(contentType) ?? [];
  return `attachment-${at + 1}.${type === "plain" ? "txt" : type}`;
}

/** The links to hosts of the list, each once, in their order. */
function linksIn(texts: readonly string[], hosts: readonly string[]): URL[] {
  const found = new Map<string, URL>();
  for (const text of texts)
    for (const [written] of text.replaceAll("&amp;", "&").matchAll(LINK)) {
      const link = written.replace(/[.,;:!?]+$/, "");
      if (!URL.canParse(link)) continue;
      const url = new URL(link);
      if (mayFetch(url, hosts)) found.set(url.href, url);
    }
  return [...found.values()];
}

/** Whether a link leads to a host of the list. */
export function mayFetch(url: URL, hosts: readonly string[]): boolean {
  if (!/^https?:$/.test(url.protocol) || url.username !== "") return false;
  const places = [url.hostname, url.host].map((place) => place.toLowerCase());
  return hosts.some((host) => places.includes(host.toLowerCase()));
}
