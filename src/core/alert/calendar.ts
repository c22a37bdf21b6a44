import type { Hours } from "../institution/index.ts";
import { type Instant, instantOf, later, spans } from "../time/index.ts";
import { daysLater, localTime, momentOf } from "./local-time.ts";
import type { Wait } from "./policy.ts";

/** Who is not there within so many days is never there: then the hours say nothing. */
const HORIZON_DAYS = 400;

/** Whether somebody is there at a moment. */
export function isOpen(hours: Hours | null, at: Instant): boolean {
  if (hours === null) return true;
  const { date, minutes } = localTime(hours.timeZone, Date.parse(at));
  const [from, until] = [minutesOf(hours.from), minutesOf(hours.until)];
  if (from === until) return isWorkingDay(hours, date);
  if (from < until) return isWorkingDay(hours, date) && minutes >= from && minutes < until;
  // Over midnight: the day counts on which the shift begins.
  return minutes >= from
    ? isWorkingDay(hours, date)
    : minutes < until && isWorkingDay(hours, daysLater(date, -1));
}

/** The moment itself if somebody is there, else the next at which they begin; the moment itself if they never do. */
export function nextOpen(hours: Hours | null, at: Instant): Instant {
  if (hours === null || isOpen(hours, at)) return at;
  const moment = Date.parse(at);
  const { date } = localTime(hours.timeZone, moment);
  const from = minutesOf(hours.from);
  const minutes = from === minutesOf(hours.until) ? 0 : from;
  for (let count = 0; count <= HORIZON_DAYS; count++) {
    const day = daysLater(date, count);
    if (!isWorkingDay(hours, day)) continue;
    const opening = momentOf(hours.timeZone, { date: day, minutes });
    if (opening > moment) return instantOf(opening);
  }
  return at;
}

/** The same time on the clock so many working days after the moment, or after the next opening if nobody is there. */
export function businessDaysLater(hours: Hours | null, at: Instant, count: number): Instant {
  if (hours === null) return later(at, count * spans.day);
  const start = nextOpen(hours, at);
  const { date, minutes } = localTime(hours.timeZone, Date.parse(start));
  const day = workingDayAfter(hours, date, count);
  return day === undefined
    ? later(start, count * spans.day)
    : nextOpen(hours, instantOf(momentOf(hours.timeZone, { date: day, minutes })));
}

/** When a wait of a policy is over for a recipient. */
export function after(wait: Wait, at: Instant, hours: Hours | null): Instant {
  return "minutes" in wait
    ? later(at, wait.minutes * spans.minute)
    : businessDaysLater(hours, at, wait.businessDays);
}

function workingDayAfter(hours: Hours, date: string, count: number): string | undefined {
  let left = count;
  for (let step = 0; step <= HORIZON_DAYS; step++) {
    const day = daysLater(date, step);
    if (step > 0 && isWorkingDay(hours, day)) left--;
    if (left <= 0) return day;
  }
  return undefined;
}

function isWorkingDay(hours: Hours, date: string): boolean {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay() || 7;
  return hours.weekdays.includes(weekday) && !hours.holidays.includes(date);
}

/** `HH:MM`; what is no time of day is midnight. */
function minutesOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  const minutes = hour * 60 + minute;
  return minutes >= 0 && minutes < 24 * 60 ? minutes : 0;
}
