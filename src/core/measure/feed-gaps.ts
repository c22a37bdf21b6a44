/** The days of which a feed should have told and did not. */
import type { FeedGap, GapCause } from "./feed-record.ts";
import { endsOf, type Rhythm } from "./feed-rhythm.ts";
import type { DayNumber } from "./period.ts";

/** What gaps are judged by. Days are UTC days. */
export interface GapQuestion {
  readonly covered: ReadonlySet<DayNumber>;
  readonly rhythm: Rhythm;
  /** Days from an event to the storing of the file that tells of it. */
  readonly delay: number;
  /** Days that a file may be late before its days are given up. */
  readonly grace: number;
  /** A feed that said nothing for so many days has ended: later days are no gaps. */
  readonly endedAfter: number;
  readonly today: DayNumber;
  readonly why: GapCause;
}

/** The gaps from the first day of which the feed told until today, ascending. */
export function findGaps(question: GapQuestion): FeedGap[] {
  const { covered, rhythm, delay, grace, endedAfter, today, why } = question;
  if (covered.size === 0) return [];
  const [first, last] = endsOf(covered);
  // On the day on which a file is due it may still come.
  const until = Math.min(today - delay, last + 1 + endedAfter);
  const missing = missingDays(covered, rhythm, delay, first, until);
  return missing.map((day) => ({
    day,
    state: day + delay + grace >= today ? "late" : "down",
    why: day > last ? why : "nothing-came",
  }));
}

function missingDays(
  covered: ReadonlySet<DayNumber>,
  rhythm: Rhythm,
  delay: number,
  from: DayNumber,
  until: DayNumber,
): DayNumber[] {
  const missing: DayNumber[] = [];
  /** The days since the last due one, and whether any was told of. */
  let window: DayNumber[] = [];
  let told = false;
  const settle = (): void => {
    if (!told) missing.push(...window);
    window = [];
    told = false;
  };
  for (let day = from; day < until; day++) {
    const has = covered.has(day);
    switch (rhythm.by) {
      case "times":
        window.push(day);
        told ||= has;
        if (rhythm.dueOn(day + delay)) settle();
        break;
      case "every":
        if (has) {
          told = window.length < rhythm.days;
          settle();
        } else window.push(day);
        break;
      case "learnt":
        if (!has && rhythm.weekdays.has(day % 7)) missing.push(day);
        break;
      case "unknown":
    }
  }
  if (rhythm.by === "every" && window.length >= rhythm.days) settle();
  return missing;
}

/**
 * The gaps that are to be on record from now on. What was noted as down stays, even when the rhythm that was learnt has changed
 * since, until the day is told of; where the operator says the rhythm, only that counts.
 */
export function gapsToNote(
  noted: readonly FeedGap[],
  found: readonly FeedGap[],
  covered: ReadonlySet<DayNumber>,
  rhythm: Rhythm,
): FeedGap[] {
  const told = rhythm.by === "times" || rhythm.by === "every";
  const days = new Map(found.map((gap) => [gap.day, gap]));
  for (const gap of noted) {
    const stays = gap.state === "down" && !covered.has(gap.day) && !told;
    const known = days.get(gap.day);
    if (known?.state === "down" && gap.state === "down") days.set(gap.day, gap);
    else if (!known && stays) days.set(gap.day, gap);
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}
