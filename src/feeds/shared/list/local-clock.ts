/** Local times of a zone of the IANA's: its summer times and what else its history has. */

const MS_A_DAY = 86_400_000;
const MS_AN_HOUR = 3_600_000;
const MOST_KEPT = 65_536;
/** The end of time, ms since 1970, as far as dates reach, but for a few days. */
const LAST = 8.63e15;

/** Tells what moment the clocks of a zone mean. */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat;
  /** How far the clocks run ahead of UTC, ms, by hour since 1970. */
  readonly #offsets = new Map<number, number>();

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /**
   * The moment at which the clocks show `local` (ms since 1970, as if it were UTC). Of an hour that comes twice, the second;
   * an hour that is left out is taken as the clocks ran before.
   */
  momentOf(local: number): number {
    if (!(Math.abs(local) < LAST)) return Number.NaN;
    const before = this.#offset(local - MS_A_DAY);
    const after = this.#offset(local + MS_A_DAY);
    if (this.#offset(local - after) === after) return local - after;
    return local - before;
  }

  #offset(moment: number): number {
    const hour = Math.floor(moment / MS_AN_HOUR);
    let offset = this.#offsets.get(hour);
    if (offset === undefined) {
      if (this.#offsets.size === MOST_KEPT) this.#offsets.clear();
      this.#offsets.set(hour, (offset = this.#find(hour * MS_AN_HOUR)));
    }
    return offset;
  }

  #find(moment: number): number {
    const parts = this.#format.formatToParts(moment);
    const [year, month, day, hour, minute, second] = (
      ["year", "month", "day", "hour", "minute", "second"] as const
    ).map((type) => Number(parts.find((part) => part.type === type)?.value ?? 0));
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - moment;
  }
}
