import { TimeReader } from "../csv/index.ts";
import type { Scratch } from "./scratch.ts";

/** From here on a number of a time is in milliseconds: as seconds it would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** Reads moments from members: texts as in CSV, texts without seconds, and numbers of seconds or milliseconds since 1970. */
export class MomentReader {
  readonly #times = new TimeReader();

  /** Milliseconds since 1970-01-01T00:00Z, or NaN. The text is written to `scratch`. */
  read(value: unknown, scratch: Scratch): number {
    if (typeof value === "number") return sinceEpoch(value);
    if (typeof value !== "string") return Number.NaN;
    const text = value.trim();
    const moment = this.#times.read(scratch.bytes, 0, scratch.write(text));
    return Number.isNaN(moment) ? this.#seldom(text, scratch) : moment;
  }

  #seldom(text: string, scratch: Scratch): number {
    if (/^\d{9,13}(\.\d+)?$/.test(text)) return sinceEpoch(Number(text));
    const short = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
    if (!short) return Number.NaN;
    return this.#times.read(scratch.bytes, 0, scratch.write(`${short[1]}:00${short[2] ?? ""}`));
  }
}

function sinceEpoch(value: number): number {
  return Math.floor(value < MILLISECONDS_FROM ? value * 1000 : value);
}
