/** Undoes quoted-printable (RFC 2045, section 6.7) in a text of one character a byte. What is malformed stays as it is. */
export function decodeQuotedPrintable(text: string): string {
  return text
    .replace(/[ \t]*=[ \t]*\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
