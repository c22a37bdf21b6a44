import { styleText } from "node:util";
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
    this.#around.stdout.write(`${text}\n`);
  }

  /** A line of the answer that others stand under. */
  heading(text: string): void {
    this.line(this.style("bold", text));
  }

  /** A table, indented by two; without titles it has no line for them. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const [titles = "", ...lines] = formatTable(columns, rows);
    if (titles !== "") this.line(`  ${this.style("dim", titles)}`);
    for (const line of lines) this.line(`  ${line}`);
  }

  /** The answer for machines. */
  json(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** A remark for the person at the terminal; it never stands in the answer. */
  remark(text: string): void {
    this.#around.stderr.write(`${text}\n`);
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
