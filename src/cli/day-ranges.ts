const MS_A_DAY = 86_400_000;

/** Days `YYYY-MM-DD` in ascending order as a short text: `2013-03-15, 2013-03-20 .. 2013-03-24`. */
export function dayRanges(days: readonly string[]): string {
  const ranges: [first: string, last: string][] = [];
  for (const day of days) {
    const range = ranges.at(-1);
    if (range && Date.parse(day) - Date.parse(range[1]) === MS_A_DAY) range[1] = day;
    else ranges.push([day, day]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first} .. ${last}`)).join(", ");
}
