import type { Attachment } from "../../app/case-ports.ts";
import { field } from "./compose-headers.ts";
import { quotedPrintable } from "./compose-quoted.ts";

const CRLF = "\r\n";

/** A MIME entity (RFC 2045): ASCII lines that end with CRLF and have no blanks at their ends, so that no server on the way has to change them. */
export interface Entity {
  /** Fields, folded. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** The entity as it is sent, and signed. */
export function entityText({ headers, body }: Entity): string {
  return `${headers.join(CRLF)}${CRLF}${CRLF}${body}`;
}

/** The text that a person reads. */
export function textPart(text: string): Entity {
  return {
    headers: [
      field("Content-Type", "text/plain; charset=utf-8"),
      field("Content-Transfer-Encoding", "quoted-printable"),
    ],
    body: quotedPrintable(text),
  };
}

/** An attached file. Its name is ours: letters, digits, dots and dashes. */
export function filePart({ name, type, text }: Attachment): Entity {
  return {
    headers: [
      field("Content-Type", `${type}; name="${name}"`),
      field("Content-Transfer-Encoding", "base64"),
      field("Content-Disposition", `attachment; filename="${name}"`),
    ],
    body: base64Lines(Buffer.from(text)),
  };
}

/** A part whose body is ASCII already, such as a signature. */
export function plainPart(headers: readonly string[], body: string): Entity {
  return { headers, body: body.replace(/\r?\n/g, CRLF) };
}

/** Several parts in one. The boundary must occur in none: `=_` is in no base64, and quoted-printable writes it otherwise. */
export function multipart(type: string, boundary: string, parts: readonly Entity[]): Entity {
  const texts = parts.map((part) => `--${boundary}${CRLF}${entityText(part)}${CRLF}`);
  return {
    headers: [field("Content-Type", `multipart/${type}; boundary="${boundary}"`)],
    body: `${texts.join("")}--${boundary}--${CRLF}`,
  };
}

/** Base64 in lines of 76 characters. */
export function base64Lines(bytes: Buffer): string {
  return `${bytes.toString("base64").replace(/.{76}(?=.)/g, `$&${CRLF}`)}${CRLF}`;
}
