// Of its own: the engine does not fold constants of other modules.
const COLON = 58;
const DOT = 46;
const COMMA = 44;
const MINUS = 45;
const PLUS = 43;
const SPACE = 32;
const ZERO = 48;

const MS_A_DAY = 86_400_000;
const monthDays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two digits as a number, or something above 99 if they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? 1000 : tens * 10 + ones;
}

/**
 * Reads moments from ASCII bytes: `2013-01-31`, `2013-01-31 12:34:56`, `2013-01-31T12:34:56.789Z`,
 * `... +08:00`, `... UTC`. What names no offset is in the reader's own, UTC unless told otherwise.
 */
export class TimeReader {
  readonly #offset: number;
  #date = -1;
  #midnight = 0;

  /** `offsetMinutes` is how far local time runs ahead of UTC: 480 in Beijing. */
  constructor(offsetMinutes = 0) {
    this.#offset = offsetMinutes * 60_000;
  }

  /** Milliseconds since 1970-01-01T00:00Z of `[from, to)`, or NaN if that is no moment. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length !== 19 && length !== 10 && length < 20) return Number.NaN;
    const midnight = this.#day(bytes, from);
    if (length === 10) return midnight - this.#offset;
    const mark = bytes[from + 10]! | 0x20;
    if (
      (mark !== SPACE && mark !== 0x74) ||
      bytes[from + 13] !== COLON ||
      bytes[from + 16] !== COLON
    )
      return Number.NaN;
    const hour = pair(bytes, from + 11);
    const minute = pair(bytes, from + 14);
    const second = pair(bytes, from + 17);
    if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
    const moment = midnight + (hour * 3600 + minute * 60 + second) * 1000;
    return length === 19 ? moment - this.#offset : moment + this.#tail(bytes, from + 19, to);
  }

  #day(bytes: Uint8Array, at: number): number {
    if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return Number.NaN;
    const century = pair(bytes, at);
    const year = pair(bytes, at + 2);
    const month = pair(bytes, at + 5);
    const day = pair(bytes, at + 8);
    const date = ((century * 1000 + year) * 1000 + month) * 1000 + day;
    if (date !== this.#date) {
      this.#midnight = midnightOf(century * 100 + year, month, day);
      this.#date = date;
    }
    return this.#midnight;
  }

  /** Fraction and offset, in milliseconds to add. */
  #tail(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    let ms = 0;
    if (bytes[at] === DOT || bytes[at] === COMMA) {
      let unit = 100;
      const first = ++at;
      for (; at < to && (bytes[at]! - ZERO) >>> 0 <= 9; at++, unit /= 10)
        if (unit >= 1) ms += (bytes[at]! - ZERO) * unit;
      if (at === first) return Number.NaN;
    }
    if (at === to) return ms - this.#offset;
    if (bytes[at] === SPACE) at++;
    return ms - offsetOf(bytes, at, to);
  }
}

function midnightOf(year: number, month: number, day: number): number {
  if (year > 9999 || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > monthDays[month]! + (month === 2 && leap ? 1 : 0)) return Number.NaN;
  // Days of the proleptic Gregorian calendar, with the year beginning in March.
  const shifted = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return (shifted * 365 + leaps + ofYear - 719_468) * MS_A_DAY;
}

/** Milliseconds of `Z`, `UTC`, `GMT`, `+08:00`, `+0800` or `+08`; NaN if it is none of them. */
function offsetOf(bytes: Uint8Array, at: number, to: number): number {
  const sign = bytes[at];
  const length = to - at;
  if (length === 1) return (sign! | 0x20) === 0x7a ? 0 : Number.NaN;
  if (sign === PLUS || sign === MINUS) {
    const hours = pair(bytes, at + 1);
    const colon = bytes[at + 3] === COLON ? 1 : 0;
    const minutes = length === 3 ? 0 : length === 5 + colon ? pair(bytes, at + 3 + colon) : 1000;
    if (length < 3 || hours > 23 || minutes > 59) return Number.NaN;
    return (sign === PLUS ? 1 : -1) * (hours * 60 + minutes) * 60_000;
  }
  const word = length <= 3 ? String.fromCharCode(...bytes.subarray(at, to)).toUpperCase() : "";
  return word === "Z" || word === "UTC" || word === "GMT" ? 0 : Number.NaN;
}
