/**
 * A moment, ISO 8601 in UTC with milliseconds (`2013-05-31T08:00:00.000Z`): always this one form, so that text order is the
 * order of time in every store.
 */
export type Instant = string;

/** Milliseconds of the units in which policies are written. */
export const spans = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** The instant of a number of milliseconds since 1970. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** The instant so many milliseconds later; earlier if negative. */
export function later(instant: Instant, milliseconds: number): Instant {
  return instantOf(Date.parse(instant) + milliseconds);
}

/** Milliseconds from one instant to another; negative if the second is the earlier. */
export function between(from: Instant, until: Instant): number {
  return Date.parse(until) - Date.parse(from);
}
