import { spans } from "../time/index.ts";

/** What a clock on the wall of a time zone shows. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Since 00:00 on the clock. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone that does not exist is taken as UTC: a wrong entry in the directory must not stop an alert. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = makeFormat(isTimeZone(timeZone) ? timeZone : "UTC");
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

/** Whether this is the IANA name of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return makeFormat(name) !== undefined;
  } catch {
    return false;
  }
}

/** What the clock of a zone shows, as if it were UTC: its difference from the argument is the zone's offset then. */
function clock(timeZone: string, at: number): number {
  const [month, day, year, hour, minute, second] = formatOf(timeZone)
    .format(at)
    .split(/[/, :]+/)
    .map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}

/** What the clock of a zone shows at a moment (milliseconds since 1970). */
export function localTime(timeZone: string, at: number): LocalTime {
  const text = new Date(clock(timeZone, at)).toISOString();
  return {
    date: text.slice(0, 10),
    minutes: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
  };
}

/**
 * The moment at which the clock of a zone shows this. Of a time that comes twice (clocks are set back) the first; a time that is left
 * out (clocks are set forward) is as much later on the clock as was left out.
 */
export function momentOf(timeZone: string, { date, minutes }: LocalTime): number {
  const wanted = Date.parse(`${date}T00:00:00.000Z`) + minutes * spans.minute;
  const candidates = [wanted - spans.day, wanted + spans.day]
    .map((near) => wanted - (clock(timeZone, near) - near))
    .toSorted((one, other) => one - other);
  return candidates.find((at) => clock(timeZone, at) === wanted) ?? candidates.at(-1)!;
}

/** The date so many days later on the calendar. */
export function daysLater(date: string, count: number): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + count * spans.day)
    .toISOString()
    .slice(0, 10);
}
