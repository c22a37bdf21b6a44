/** The period of the article: 1 January to 31 May 2013, in UTC. A day is its number, 0 = 1 January. */
export const DAYS = 151;

/** The last day of the period. */
export const LAST_DAY = DAYS - 1;

/** Days that have a file: rows of 31 May may arrive as late as 3 June. */
export const FILE_DAYS = DAYS + 3;

/** The months of the period, in order; `MONTHS[monthOf(day)]`. */
export const MONTHS = ["2013-01", "2013-02", "2013-03", "2013-04", "2013-05"] as const;

/** ISO 8601 date of each day that has a file. */
export const DATES: readonly string[] = Array.from({ length: FILE_DAYS }, (_, day) =>
  new Date(Date.UTC(2013, 0, 1 + day)).toISOString().slice(0, 10),
);

const MONTH_OF_DAY = Uint8Array.from(DATES, (date) => Number(date.slice(5, 7)) - 1);

/** Index of a day's month in `MONTHS`; only for days of the period. */
export function monthOf(day: number): number {
  return MONTH_OF_DAY[day]!;
}
