import { TimeReader } from "../csv/index.ts";

/** From here on a number of a time is in milliseconds: as seconds it would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** Reads moments: as in CSV, without seconds, and as numbers of seconds or milliseconds since 1970. */
export class MomentReader {
  readonly #times = new TimeReader();

  /** Milliseconds since 1970-01-01T00:00Z of `[from, to)`, or NaN. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const moment = this.#times.read(bytes, from, to);
    if (!Number.isNaN(moment) || to - from > LONGEST) return moment;
    const text = String.fromCharCode(...bytes.subarray(from, to));
    if (/^\d{9,13}(\.\d+)?$/.test(text)) return sinceEpoch(Number(text));
    const short = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
    if (!short) return Number.NaN;
    const whole = Buffer.from(`${short[1]}:00${short[2] ?? ""}`);
    return this.#times.read(whole, 0, whole.length);
  }
}

const LONGEST = 40;

function sinceEpoch(value: number): number {
  return Math.floor(value < MILLISECONDS_FROM ? value * 1000 : value);
}
