/** Cuts a TCP stream into syslog messages (RFC 6587): by the count of octets before each, or by line ends. */

/** A message longer than this is cut off. */
const LONGEST = 1 << 20;
const LF = 10;
const SPACE = 32;

/** The framing of one connection. */
export class Framing {
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of a message that was cut off which are still to come. */
  #skip = 0;
  /** Within a line that was cut off. */
  #skipLine = false;

  /** The messages that are whole now. */
  add(chunk: Uint8Array): Buffer[] {
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    for (let message = this.#next(); message; message = this.#next())
      if (message.length > 0) messages.push(message);
    return messages;
  }

  /** What is left when the sender has gone: a last line without its end. */
  end(): Buffer[] {
    const rest = this.#skipLine ? Buffer.alloc(0) : this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest.length > 0 && !/^\d+ /.test(rest.toString("latin1", 0, 12)) ? [rest] : [];
  }

  #next(): Buffer | undefined {
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, this.#rest.length);
      this.#skip -= skipped;
      this.#rest = this.#rest.subarray(skipped);
      if (this.#skip > 0) return undefined;
    }
    if (this.#skipLine) return this.#endSkippedLine();
    return this.#counted() ?? this.#line();
  }

  /** `undefined` if the message does not begin with a count, or is not whole. */
  #counted(): Buffer | undefined {
    const count = this.#count();
    if (!count) return undefined;
    const { octets, from } = count;
    const wanted = Math.min(octets, LONGEST);
    if (this.#rest.length < from + wanted) return undefined;
    const message = this.#rest.subarray(from, from + wanted);
    this.#rest = this.#rest.subarray(from + wanted);
    this.#skip = octets - wanted;
    return message.at(-1) === LF ? message.subarray(0, -1) : message;
  }

  #count(): { octets: number; from: number } | undefined {
    const head = this.#rest.toString("latin1", 0, 10);
    const [all = "", digits = ""] = /^([1-9]\d{0,8}) /.exec(head) ?? [];
    return all === "" ? undefined : { octets: Number(digits), from: all.length };
  }

  #line(): Buffer | undefined {
    if (this.#count() || this.#mayBeCount()) return undefined;
    const end = this.#rest.indexOf(LF);
    if (end >= 0) {
      const line = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end + 1);
      return line;
    }
    if (this.#rest.length < LONGEST) return undefined;
    const line = this.#rest;
    this.#rest = Buffer.alloc(0);
    this.#skipLine = true;
    return line;
  }

  /** Digits that a blank may still follow. */
  #mayBeCount(): boolean {
    return this.#rest.length < 10 && /^[1-9]\d*$/.test(this.#rest.toString("latin1"));
  }

  #endSkippedLine(): Buffer | undefined {
    const end = this.#rest.indexOf(LF);
    this.#rest = end < 0 ? Buffer.alloc(0) : this.#rest.subarray(end + 1);
    this.#skipLine = end < 0;
    return end < 0 ? undefined : Buffer.alloc(0);
  }
}

/** A message as a line of its own: line ends within it become blanks. */
export function asLine(message: Uint8Array): Uint8Array {
  const line = Buffer.from(message);
  for (let at = 0; at < line.length; at++) if (line[at] === LF || line[at] === 13) line[at] = SPACE;
  return line;
}
