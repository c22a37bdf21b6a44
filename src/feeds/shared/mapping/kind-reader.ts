import { kindCode } from "../../../core/taxonomy/index.ts";
import { unquote } from "../csv/index.ts";
import type { KindRules } from "./mapping.ts";

const MOST_KEPT = 4096;

/** Finds the kind of a row by the words in its cells. Cells seen before are not searched again. */
export class KindReader {
  readonly #columns: readonly number[];
  readonly #rules: readonly { word: string; whole: boolean; code: number }[];
  readonly #otherwise: number;
  readonly #kept = new Map<string, number>();

  constructor(rules: KindRules, columns: readonly string[]) {
    const lower = columns.map((column) => column.toLowerCase());
    this.#columns = rules.columns
      .map((name) => lower.indexOf(name.toLowerCase()))
      .filter((at) => at >= 0);
    this.#rules = rules.rules.map(({ word, whole, kind }) => ({
      word: plain(word),
      whole: whole ?? false,
      code: kindCode(kind),
    }));
    this.#otherwise = rules.otherwise === undefined ? 0 : kindCode(rules.otherwise);
  }

  /** The kind's code for the row with these edges; 0 if no rule speaks for it. */
  read(block: Uint8Array, edges: Int32Array): number {
    const cells = this.#columns.map((at) => unquote(block, edges[at]! + 1, edges[at + 1]!));
    const key = cells.join("\0");
    let code = this.#kept.get(key);
    if (code === undefined) {
      code = this.#find(cells);
      if (this.#kept.size < MOST_KEPT && key.length < 256) this.#kept.set(key, code);
    }
    return code;
  }

  #find(cells: readonly string[]): number {
    const words = cells.map(plain);
    const fits = ({ word, whole }: { word: string; whole: boolean }): boolean =>
      words.some((cell) => (whole ? cell === word : cell.includes(word)));
    return this.#rules.find(fits)?.code ?? this.#otherwise;
  }
}

/** Without letter case and word joints: `Web-Shell`, `web_shell` and `webshell` are one word. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, "");
}
