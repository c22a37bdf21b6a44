/** How dates that can be read two ways are meant; `auto` takes the month first unless that is impossible. */
export type DateOrder = "auto" | "day-first" | "month-first";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Hours that zones run ahead of UTC, by the names that feeds write. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
};

/** Milliseconds between 1601, where Windows counts from, and 1970. */
const WINDOWS_EPOCH_MS = 11_644_473_600_000;

const clock = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?`;
const rest = String.raw`\s*([ap]m)?\s*([a-z]{1,4}|[+-]\d{2}(?::?\d{2})?)?(?:\s*\([a-z ]+\))?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${clock}${rest}$`, "i");
const yearLast = new RegExp(
  String.raw`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})${clock}${rest}$`,
  "i",
);
const packed = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})Z?)?$/;
const dayNamed = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{4})${clock}${rest}$`,
  "i",
);
const monthNamed = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{4})${clock}${rest}$`,
  "i",
);
/** `Tue Mar 15 00:47:49 PDT 2016`, as the Unix command `date` writes. */
const unixDate =
  /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(?:([a-z]{1,4})\s+)?(\d{4})(?:\s+([a-z]{1,4}))?$/i;

/**
 * Milliseconds since 1970 of a moment as feeds write it: ISO 8601 and its kin, `DD.MM.YYYY`, US dates, named months, seconds or
 * milliseconds since 1970, Windows file time; NaN if it is none. What names no zone runs `offsetMinutes` ahead of UTC.
 */
export function readMoment(text: string, offsetMinutes = 0, order: DateOrder = "auto"): number {
  const iso = readIso(text, offsetMinutes);
  if (iso !== undefined) return iso;
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return readDigits(text, offsetMinutes, order);
  return readNamed(text, offsetMinutes);
}

/** `2024-02-01 10:20:30`, which most feeds write, with or without `Z`; `undefined` if it is anything else. */
function readIso(text: string, offset: number): number | undefined {
  const { length } = text;
  const zoned = length === 20 && text.charCodeAt(19) === 90;
  if (length !== 19 && !zoned) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const mark = text.charCodeAt(10);
  if ((mark !== 32 && mark !== 84) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
    return undefined;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  // 28 days has every month: what is behind needs the calendar.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return undefined;
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  const ahead = zoned ? 0 : offset;
  return Date.UTC(year, month - 1, day, hour, minute - ahead, second);
}

/** Two digits as a number, NaN if they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function readDigits(text: string, offset: number, order: DateOrder): number {
  if (/^\d+(\.\d+)?$/.test(text)) return readNumber(text, offset);
  const iso = yearFirst.exec(text);
  if (iso) return moment(iso, iso[1]!, Number(iso[2]), iso[3]!, 4, offset);
  const last = yearLast.exec(text);
  if (last) {
    const [, one = "", joint, two = "", year = ""] = last;
    const usual = joint === "/" ? "month-first" : "day-first";
    const wanted = order === "auto" ? usual : order;
    const monthFirst = (wanted === "month-first" && Number(one) <= 12) || Number(two) > 12;
    const [month, day] = monthFirst ? [one, two] : [two, one];
    return moment(last, year, Number(month), day, 5, offset);
  }
  return readNamed(text, offset);
}

function readNamed(text: string, offset: number): number {
  const day = dayNamed.exec(text);
  if (day) return moment(day, day[3]!, monthOf(day[2]!), day[1]!, 4, offset);
  const month = monthNamed.exec(text);
  if (month) return moment(month, month[3]!, monthOf(month[1]!), month[2]!, 4, offset);
  const unix = unixDate.exec(text);
  if (!unix) return Number.NaN;
  const zone = unix[4] ?? unix[6] ?? "";
  return readNamed(`${unix[2]} ${unix[1]} ${unix[5]} ${unix[3]} ${zone}`.trim(), offset);
}

/** A number: what it counts shows in its length. */
function readNumber(text: string, offset: number): number {
  const point = text.indexOf(".");
  const whole = point < 0 ? text.length : point;
  const number = Number(text);
  if (whole === 8 || whole === 14) {
    const parts = packed.exec(text);
    return parts ? moment(parts, parts[1]!, Number(parts[2]), parts[3]!, 4, offset) : Number.NaN;
  }
  if (whole === 9 || whole === 10) return Math.floor(number * 1000);
  if (whole === 12 || whole === 13) return Math.floor(number);
  if (whole === 16) return Math.floor(number / 1000);
  if (whole === 18) return Number(text.slice(0, 14)) - WINDOWS_EPOCH_MS;
  return Number.NaN;
}

function monthOf(word: string): number {
  return months.indexOf(word.toLowerCase()) + 1;
}

/** Puts a moment together; the clock's hour is group `at` of the match, and behind it minute, second, fraction, am or pm, zone. */
function moment(
  match: RegExpExecArray,
  year: string,
  month: number,
  day: string,
  at: number,
  offset: number,
): number {
  const [hour = "0", minute = "0", second = "0", fraction = "", half, zone] = match.slice(at);
  const date = Date.UTC(Number(year), month - 1, Number(day));
  const real = new Date(date);
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== Number(day)) return Number.NaN;
  let hours = Number(hour);
  if (half !== undefined) hours = (hours % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const ms = Math.floor(Number(`0.${fraction || "0"}`) * 1000 + 1e-6);
  const ahead = zone === undefined ? offset : zoneMinutes(zone);
  return date + ((hours * 60 + Number(minute) - ahead) * 60 + Number(second)) * 1000 + ms;
}

function zoneMinutes(zone: string): number {
  const named = zones[zone.toLowerCase()];
  if (named !== undefined) return named * 60;
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return Number.NaN;
  return (parts[1] === "-" ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0));
}
