import { styleText } from "node:util";
import { harmless, harmlessButStyled } from "./harmless.ts";
import { type Column, formatTable } from "./table.ts";
import type { Surroundings } from "./workbench.ts";

type Style = Parameters<typeof styleText>[0];

/** Writes answers to standard output and remarks to standard error. */
export class Printer {
  readonly #around: Surroundings;
  readonly #colour: boolean;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#colour = wantsColour(around);
  }

  /** A line of the answer. */
  line(text = ""): void {
    this.#around.stdout.write(`${this.#safe(text)}\n`);
  }

  /** A line of the answer that others stand under. */
  heading(text: string): void {
    this.line(this.style("bold", text));
  }

  /** A table, indented by two; without titles it has no line for them. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const cells = rows.map((row) => row.map((cell) => harmless(cell).replaceAll("\n", "\\n")));
    const [titles = "", ...lines] = formatTable(columns, cells);
    if (titles !== "") this.line(`  ${this.style("dim", titles)}`);
    for (const line of lines) this.line(`  ${line}`);
  }

  /** One value of a stream of them, on a line of its own. */
  jsonLine(value: unknown): void {
    this.#around.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** The answer for machines; JSON writes control characters as escapes by itself. */
  json(value: unknown): void {
    this.#around.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A remark for the person at the terminal; it never stands in the answer. */
  remark(text: string): void {
    this.#around.stderr.write(`${harmless(text)}\n`);
  }

  #safe(text: string): string {
    return this.#colour ? harmlessButStyled(text) : harmless(text);
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text) : text;
  }
}

function wantsColour({ env, stdout }: Surroundings): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0";
  return stdout.isTTY === true && env["TERM"] !== "dumb";
}
