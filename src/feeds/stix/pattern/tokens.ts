/** The words of a STIX pattern (STIX 2.1, section 9). */

/** One token: what it is, and its text without quotes. */
export interface Token {
  readonly is: "path" | "text" | "number" | "word" | "sign" | "end";
  readonly text: string;
}

const blanks = /\s+/y;
/** `network-traffic:dst_ref.value`, `file:hashes.'SHA-256'`, `domain-name:resolves_to_refs[*].value`. */
const path = /[a-z][\w-]*:(?:[\w-]+|'(?:[^'\\]|\\.)*'|\[(?:\*|\d+)\]|\.)+/iy;
/** With a letter before it, the text is a time, hexadecimal or Base64. Some write double quotes. */
const quoted = /[thb]?'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/isy;
const number = /[+-]?\d+(?:\.\d+)?/y;
const word = /[a-z]+/iy;
const sign = /!=|<>|<=|>=|==|[=<>()[\],]/y;
const end: Token = { is: "end", text: "" };

/** Reads tokens one by one. */
export class Tokens {
  readonly #pattern: string;
  #at = 0;
  #next: Token | undefined;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#next = this.#read();
  }

  /** The next token; `undefined` where the pattern has what is none. */
  get next(): Token | undefined {
    return this.#next;
  }

  take(): Token | undefined {
    const token = this.#next;
    if (token && token.is !== "end") this.#next = this.#read();
    return token;
  }

  /** Takes the next token if it is this sign, or this word in any letter case. */
  takeIf(text: string): boolean {
    const token = this.#next;
    const fits =
      (token?.is === "sign" || token?.is === "word") && token.text.toUpperCase() === text;
    if (fits) this.take();
    return fits;
  }

  #read(): Token | undefined {
    this.#match(blanks);
    if (this.#at >= this.#pattern.length) return end;
    const text = this.#match(quoted);
    if (text) return { is: "text", text: (text[1] ?? text[2]!).replaceAll(/\\(.)/gs, "$1") };
    for (const [is, what] of [
      ["path", path],
      ["number", number],
      ["sign", sign],
      ["word", word],
    ] as const) {
      const found = this.#match(what);
      if (found) return { is, text: found[0] };
    }
    return undefined;
  }

  #match(what: RegExp): RegExpExecArray | undefined {
    what.lastIndex = this.#at;
    const found = what.exec(this.#pattern);
    if (found) this.#at = what.lastIndex;
    return found ?? undefined;
  }
}
