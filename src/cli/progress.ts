import { harmless } from "./harmless.ts";
import { countText } from "./numbers.ts";
import { textWidth } from "./table.ts";
import type { Surroundings } from "./workbench.ts";

const REDRAW_MS = 100;
const PLAIN_EVERY_MS = 5_000;
const BAR = 24;

/** How far a work is. */
export interface Stand {
  /** Part that is done and the whole; a whole of 0 is unknown. */
  readonly done: number;
  readonly total: number;
  /** Rows so far, where the work has rows. */
  readonly rows?: number;
  readonly label?: string;
}

/** Words of the line. */
export interface ProgressWords {
  rows(count: string): string;
  rate(perSecond: string): string;
  left(seconds: string): string;
}

/**
 * A line about running work on standard error: redrawn in place on a terminal, a plain line every few seconds elsewhere.
 */
export class Progress {
  readonly #around: Surroundings;
  readonly #title: string;
  readonly #words: ProgressWords;
  readonly #startedAt: number;
  #drawnAt: number;
  #drawn = false;

  constructor(around: Surroundings, title: string, words: ProgressWords) {
    this.#around = around;
    this.#title = title;
    this.#words = words;
    this.#startedAt = this.#drawnAt = around.now().getTime();
  }

  /** Says how far it is, at most as often as an eye follows. */
  show(stand: Stand): void {
    const now = this.#around.now().getTime();
    const { stderr } = this.#around;
    if (now - this.#drawnAt < (stderr.isTTY ? REDRAW_MS : PLAIN_EVERY_MS)) return;
    this.#drawnAt = now;
    const line = harmless(
      progressText(this.#title, stand, (now - this.#startedAt) / 1000, this.#words),
    );
    if (!stderr.isTTY) stderr.write(`${line}\n`);
    else stderr.write(`\r\u001b[2K${shorten(line, (stderr.columns || 80) - 1)}`);
    this.#drawn = true;
  }

  /** Takes the line away. */
  end(): void {
    if (this.#drawn && this.#around.stderr.isTTY) this.#around.stderr.write("\r\u001b[2K");
    this.#drawn = false;
  }
}

/** The text of the line. */
export function progressText(
  title: string,
  { done, total, rows, label }: Stand,
  seconds: number,
  words: ProgressWords,
): string {
  const part = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(part * BAR);
  const pieces = [title];
  if (total > 0)
    pieces.push(`${"█".repeat(filled)}${"░".repeat(BAR - filled)}`, `${Math.floor(part * 100)}%`);
  if (rows !== undefined) pieces.push(words.rows(countText(rows)));
  if (rows && seconds > 0) pieces.push(words.rate(countText(Math.round(rows / seconds))));
  if (part > 0 && part < 1) pieces.push(words.left(durationText((seconds / part) * (1 - part))));
  if (label) pieces.push(label);
  return pieces.join("  ");
}

/** `42 s`, `3 min 05 s`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

function shorten(text: string, width: number): string {
  let short = text;
  while (short.length > 0 && textWidth(short) > width) short = short.slice(0, -1);
  return short;
}
