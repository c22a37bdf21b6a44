const CRLF = "\r\n";

/** The longest line without its end (RFC 2045, section 6.7). */
const LONGEST = 76;

/**
 * Text in quoted-printable, in the form that a signature survives (RFC 3156, section 3): CRLF, no blank at the end of a line, no line that
 * begins with `From ` or is a lone dot, which servers change.
 */
export function quotedPrintable(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  return lines.map(quotedLine).join(CRLF);
}

function quotedLine(line: string): string {
  const pieces = [...Buffer.from(line)].map((byte, at, bytes) => {
    const isLast = at === bytes.length - 1;
    const isBlank = byte === 0x20 || byte === 0x09;
    const isPrintable = byte >= 0x21 && byte <= 0x7e && byte !== 0x3d;
    return (isPrintable || (isBlank && !isLast)) && !isRisky(bytes, at)
      ? String.fromCodePoint(byte)
      : hex(byte);
  });
  return softBroken(pieces);
}

/** The `F` of a line that begins with `From `, and a dot that begins a line. */
function isRisky(bytes: readonly number[], at: number): boolean {
  if (at !== 0) return false;
  return bytes[0] === 0x2e || String.fromCodePoint(...bytes.slice(0, 5)) === "From ";
}

/** Soft line breaks, never within an encoded byte; a blank before one is kept by the `=` after it, and a line's first character is made safe. */
function softBroken(pieces: readonly string[]): string {
  let text = "";
  let used = 0;
  for (const [at, piece] of pieces.entries()) {
    const room = at === pieces.length - 1 ? LONGEST : LONGEST - 1;
    if (used + piece.length > room) {
      text += `=${CRLF}`;
      used = 0;
    }
    const safe =
      used === 0 && text !== "" && /^[.F]$/.test(piece) ? hex(piece.codePointAt(0)!) : piece;
    text += safe;
    used += safe.length;
  }
  return text;
}

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
