import type { Hours } from "./contact.ts";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ROUND_THE_CLOCK =
  /24\s*[/x×]\s*7|24\s*h(ours)?\b.*(7|every)|round the clock|0?0:00\s*(to|-|–)\s*24:00/i;
const TIMES = /(\d{1,2})[:.h](\d{2})\s*(?:h|hrs)?\s*(?:to|until|-|–|—)\s*(\d{1,2})[:.h](\d{2})/i;

/**
 * Hours as people write them, such as `08:00 to 18:00 Monday to Friday`, in a time zone; Monday to Friday if no day
 * is named. `null` means round the clock, which is also how a text without times is taken: a night's wait for a guess
 * would be worse.
 */
export function hoursFrom(text: string, timeZone: string): Hours | null {
  const times = TIMES.exec(text);
  if (times === null || ROUND_THE_CLOCK.test(text) || !isTimeZone(timeZone)) return null;
  const [, fromHour = "", fromMinute, untilHour = "", untilMinute] = times;
  const from = `${fromHour.padStart(2, "0")}:${fromMinute}`;
  const until = `${untilHour.padStart(2, "0")}:${untilMinute}`;
  const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!isTime(from) || !isTime(until)) return null;
  return { timeZone, weekdays: weekdaysOf(text), from, until, holidays: [] };
}

/** Whether a name is of the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** `Sunday to Thursday` goes round the end of the week. */
function weekdaysOf(text: string): number[] {
  const range = /([a-z]{3})[a-z]*\s*(?:to|through|until|-|–)\s*([a-z]{3})/gi;
  for (const [, first = "", last = ""] of text.matchAll(range)) {
    const [from = 0, until = 0] = [first, last].map((day) => dayOf(day));
    if (from === 0 || until === 0) continue;
    const days = ((until - from + 7) % 7) + 1;
    return Array.from({ length: days }, (_, at) => ((from - 1 + at) % 7) + 1).sort(
      (left, right) => left - right,
    );
  }
  return [1, 2, 3, 4, 5];
}

function dayOf(word: string): number {
  return DAYS.findIndex((day) => day.startsWith(word.toLowerCase())) + 1;
}
