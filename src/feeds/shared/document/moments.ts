import { TimeReader } from "../csv/index.ts";

const times = new TimeReader();
const withoutSeconds = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})(Z|[+-]\d{2}:?\d{2})?$/i;
const rfc5322 =
  /^(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+([+-]\d{4}|[a-z]{1,5})/i;

/** Milliseconds since 1970 of a moment as documents write it: ISO 8601, seconds since 1970, or the date of a mail; NaN if it is none. */
export function readMoment(value: unknown): number {
  if (typeof value === "number") return ofEpoch(value);
  if (typeof value !== "string") return Number.NaN;
  const text = value.trim();
  if (/^\d{9,16}(\.\d+)?$/.test(text)) return ofEpoch(Number(text));
  const minutes = withoutSeconds.exec(text);
  const bytes = Buffer.from(minutes ? `${minutes[1]}:00${minutes[2] ?? ""}` : text);
  const moment = times.read(bytes, 0, bytes.length);
  return Number.isNaN(moment) && rfc5322.test(text) ? ofMail(text) : moment;
}

/** Seconds, milliseconds or microseconds since 1970, told by their size: seconds reach from 1995 to the year 3000. */
function ofEpoch(number: number): number {
  if (!(number > 0)) return Number.NaN;
  if (number < 4e10) return Math.round(number * 1000);
  return Math.floor(number < 4e13 ? number : number / 1000);
}

/** A date of RFC 5322, whose comments (the name of the zone in words) say nothing more. */
function ofMail(text: string): number {
  return Date.parse(text.replaceAll(/\s*\([^()]*\)/g, ""));
}

/** The first of the values that is a moment; NaN if none is. */
export function firstMoment(...values: unknown[]): number {
  return values.map(readMoment).find((moment) => !Number.isNaN(moment)) ?? Number.NaN;
}
