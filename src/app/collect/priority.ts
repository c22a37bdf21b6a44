/** 1 is the most urgent: `P1` in the configuration. */
export type Priority = 1 | 2 | 3 | 4;

/** How much of what is bounded each priority may use: what is left is for those above it. */
const SHARE: Record<Priority, number> = { 1: 1, 2: 0.85, 3: 0.7, 4: 0.5 };

/** What a priority may use of a limit; at least 1. */
export function shareOf(limit: number, priority: Priority): number {
  return Math.max(1, Math.floor(limit * SHARE[priority]));
}
