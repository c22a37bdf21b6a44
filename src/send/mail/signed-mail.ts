import { allParts, type MimePart, textOf } from "./mime-part.ts";

/** What of a mail is signed, and by what. */
export type Signed =
  /** RFC 3156: the exact bytes of the first part. */
  | { readonly as: "pgp-mime"; readonly part: string; readonly signature: string }
  /** RFC 9580, section 7: signed in the text. */
  | { readonly as: "pgp-inline"; readonly text: string }
  /** S/MIME: we cannot check it. */
  | { readonly as: "smime" };

const BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
const END = "-----END PGP SIGNATURE-----";

/** Finds the signature of a mail; `undefined` if it has none. */
export function signedIn(mail: MimePart): Signed | undefined {
  for (const part of allParts(mail)) {
    if (part.type === "multipart/signed") return ofParts(part);
    if (/^application\/(x-)?pkcs7-mime$/.test(part.type)) return { as: "smime" };
    if (!part.type.startsWith("text/")) continue;
    const text = textOf(part, 262_144);
    const begin = text.indexOf(BEGIN);
    const end = text.indexOf(END, begin);
    if (begin >= 0 && end > begin)
      return { as: "pgp-inline", text: text.slice(begin, end + END.length) };
  }
  return undefined;
}

function ofParts({ params, children }: MimePart): Signed | undefined {
  const [part, signature] = children;
  if (part === undefined || signature === undefined) return undefined;
  const protocol = params.get("protocol")?.toLowerCase() ?? signature.type;
  if (protocol !== "application/pgp-signature") return { as: "smime" };
  return {
    as: "pgp-mime",
    // Line breaks may have changed on the way to us; what was signed has CRLF.
    part: part.raw.replace(/\r\n|\r|\n/g, "\r\n"),
    signature: textOf(signature),
  };
}

/** The text inside a text that is signed inline: what stands around it is not signed. */
export function inlineText(signed: string): string {
  const [, body = ""] = /^[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*)$/.exec(signed) ?? [];
  const end = body.lastIndexOf("-----BEGIN PGP SIGNATURE-----");
  return body.slice(0, Math.max(end, 0)).replace(/\r\n/g, "\n").replace(/^- /gm, "").trimEnd();
}
