/** Periods of whole UTC days, half-open: `[from, until)`. */

const MS_A_DAY = 86_400_000;

/** A UTC day as days since 1970-01-01. */
export type DayNumber = number;

/** `[from, until)`: `from` is in it, `until` is not. */
export interface Period {
  readonly from: DayNumber;
  readonly until: DayNumber;
}

/** The last day that observations are counted on: days are kept in 16 bits. 2149-06-05. */
const LAST_DAY = 65_534;

/** The part of a period in which observations can lie: from 1970-01-02 to 2149-06-05. */
export function countable({ from, until }: Period): Period {
  const first = Math.min(Math.max(from, 1), LAST_DAY);
  return { from: first, until: Math.max(first, Math.min(until, LAST_DAY + 1)) };
}

/** Reads `YYYY-MM-DD`; `undefined` if it is no day of the calendar, or not from 1970-01-01 to 2149-06-05. */
export function parseDay(text: string): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / MS_A_DAY;
  return day >= 0 && day <= LAST_DAY && dayText(day) === text ? day : undefined;
}

/** `YYYY-MM-DD` of a day. */
export function dayText(day: DayNumber): string {
  return new Date(day * MS_A_DAY).toISOString().slice(0, 10);
}

/** `YYYY-MM` of a day. */
export function monthText(day: DayNumber): string {
  return dayText(day).slice(0, 7);
}

/** The parts of a period that lie in different calendar months, in order. */
export function monthsOf(period: Period): Period[] {
  const parts: Period[] = [];
  for (let from = period.from; from < period.until;) {
    const start = new Date(from * MS_A_DAY);
    const next = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1) / MS_A_DAY;
    parts.push({ from, until: Math.min(next, period.until) });
    from = next;
  }
  return parts;
}

/** The days of a period, in order. */
export function daysOf(period: Period): Period[] {
  return Array.from({ length: Math.max(0, period.until - period.from) }, (_, i) => ({
    from: period.from + i,
    until: period.from + i + 1,
  }));
}
