import { Tokens } from "./tokens.ts";

/** `type:path = value`: the values are joined by "or"; `applies` is false for what says only what the value is not, or like. */
export interface Comparison {
  readonly is: "comparison";
  /** With quotes and list places left out: `network-traffic:dst_ref.value`. */
  readonly path: string;
  readonly applies: boolean;
  readonly values: readonly string[];
}

/** Comparisons or observations that are joined. */
export interface Joined {
  readonly is: "and" | "or";
  readonly parts: readonly Expression[];
}

/** What stands between square brackets, or a part of it. */
export type Expression = Comparison | Joined;

const DEEPEST = 100;

/**
 * The observations of a pattern, each what stands between square brackets. How they are joined (AND, OR, FOLLOWEDBY), and their
 * qualifiers (WITHIN, REPEATS, START ... STOP), say when a rule fires and not what is seen, so they are read and left out.
 * `undefined` if the pattern is not in the grammar.
 */
export function parsePattern(pattern: string): Expression[] | undefined {
  const parser = new PatternParser(new Tokens(pattern));
  return parser.observations(0) && parser.atEnd ? parser.found : undefined;
}

class PatternParser {
  readonly found: Expression[] = [];
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#tokens.next?.is === "end";
  }

  observations(depth: number): boolean {
    do {
      if (!this.#observation(depth)) return false;
      while (this.#qualifier()) continue;
    } while (["AND", "OR", "FOLLOWEDBY"].some((word) => this.#tokens.takeIf(word)));
    return true;
  }

  #observation(depth: number): boolean {
    if (depth > DEEPEST) return false;
    if (this.#tokens.takeIf("(")) return this.observations(depth + 1) && this.#tokens.takeIf(")");
    if (!this.#tokens.takeIf("[")) return false;
    const expression = this.#joined("or", depth);
    if (!expression || !this.#tokens.takeIf("]")) return false;
    this.found.push(expression);
    return true;
  }

  #qualifier(): boolean {
    const tokens = this.#tokens;
    if (tokens.takeIf("WITHIN")) return tokens.take() !== undefined && tokens.takeIf("SECONDS");
    if (tokens.takeIf("REPEATS")) return tokens.take() !== undefined && tokens.takeIf("TIMES");
    if (!tokens.takeIf("START")) return false;
    return tokens.take() !== undefined && tokens.takeIf("STOP") && tokens.take() !== undefined;
  }

  /** AND binds closer than OR. */
  #joined(by: "and" | "or", depth: number): Expression | undefined {
    const parts: Expression[] = [];
    do {
      const part = by === "or" ? this.#joined("and", depth) : this.#comparison(depth);
      if (!part) return undefined;
      parts.push(part);
    } while (this.#tokens.takeIf(by.toUpperCase()));
    return parts.length === 1 ? parts[0] : { is: by, parts };
  }

  #comparison(depth: number): Expression | undefined {
    if (depth > DEEPEST) return undefined;
    const tokens = this.#tokens;
    if (tokens.takeIf("(")) {
      const inner = this.#joined("or", depth + 1);
      return tokens.takeIf(")") ? inner : undefined;
    }
    const refused = tokens.takeIf("NOT");
    if (tokens.takeIf("EXISTS")) return comparison(tokens.take()?.text ?? "", false, []);
    const path = tokens.take();
    if (path?.is !== "path") return undefined;
    const negated = tokens.takeIf("NOT") || refused;
    const operator = tokens.take()?.text.toUpperCase();
    if (operator === undefined || !operators.has(operator)) return undefined;
    const values = operator === "IN" ? this.#list() : this.#value();
    return values && comparison(path.text, !negated && naming.has(operator), values);
  }

  #list(): string[] | undefined {
    const values: string[] = [];
    if (!this.#tokens.takeIf("(")) return undefined;
    if (this.#tokens.takeIf(")")) return values;
    do {
      const value = this.#value();
      if (!value) return undefined;
      values.push(...value);
    } while (this.#tokens.takeIf(","));
    return this.#tokens.takeIf(")") ? values : undefined;
  }

  #value(): string[] | undefined {
    const token = this.#tokens.take();
    const literal = token?.is === "text" || token?.is === "number" || token?.is === "word";
    return literal ? [token.text] : undefined;
  }
}

const operators = new Set("= == != <> < > <= >= IN LIKE MATCHES ISSUBSET ISSUPERSET".split(" "));
/** The operators that name what is seen. */
const naming = new Set(["=", "==", "IN", "ISSUBSET"]);

function comparison(path: string, applies: boolean, values: readonly string[]): Comparison {
  const plain = path.replaceAll(/\[[^\]]*\]|'/g, "").toLowerCase();
  return { is: "comparison", path: plain, applies, values };
}
