import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { ByteLine } from "./byte-line.ts";
import { DATES } from "./calendar.ts";

/** 154 buffers of this size are 20 MB. */
const BUFFER_BYTES = 128 * 1024;

/**
 * The files of the days, `2013-01-01.csv` and so on. Each has a buffer; a full one is appended in one write, so no
 * more than one file is open at a time. Every day gets a file, also one without rows.
 */
export class DayFiles {
  private readonly folder: string;
  private readonly buffers: readonly Buffer[];
  private readonly filled: Int32Array;

  constructor(folder: string, header: string) {
    this.folder = folder;
    this.buffers = DATES.map(() => Buffer.allocUnsafe(BUFFER_BYTES));
    this.filled = Int32Array.from(this.buffers, (buffer) => buffer.write(header, "latin1"));
  }

  append(day: number, line: ByteLine): void {
    if (this.filled[day]! + line.length > BUFFER_BYTES) this.flush(day);
    const at = this.filled[day]!;
    line.bytes.copy(this.buffers[day]!, at, 0, line.length);
    this.filled[day] = at + line.length;
  }

  /** Writes what is left in the buffers. */
  finish(): void {
    this.buffers.forEach((_, day) => this.flush(day));
  }

  private flush(day: number): void {
    const bytes = this.buffers[day]!.subarray(0, this.filled[day]);
    appendFileSync(join(this.folder, `${DATES[day]}.csv`), bytes);
    this.filled[day] = 0;
  }
}
