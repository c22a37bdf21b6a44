import { isComment } from "./preamble.ts";

/** How the comments of a list begin. */
export class CommentMarks {
  readonly #marks: readonly string[];
  /** 1 for the bytes with which a line may begin that says nothing. */
  readonly #firsts = new Uint8Array(256);

  constructor(marks: readonly string[]) {
    this.#marks = marks;
    this.#firsts.fill(1, 0, 33).fill(1, 128);
    for (const mark of marks) this.#firsts[Buffer.from(mark)[0]!] = 1;
  }

  /** Whether the line `[from, to)` is blank or a comment. */
  standAt(block: Buffer, from: number, to: number): boolean {
    if (from === to) return true;
    if (this.#firsts[block[from]!] === 0) return false;
    return isComment(block.toString("utf8", from, to), this.#marks);
  }
}
