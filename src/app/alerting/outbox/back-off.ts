/** Minutes to wait after each attempt: 47 hours in all. */
const WAITS = [1, 5, 15, 60, 120, 240, 360, 360, 360, 360, 360, 360, 240];

/** Minutes until a message that was deferred is tried again, after so many attempts; `undefined`: it is given up, after two days. */
export function waitAfter(attempts: number): number | undefined {
  return WAITS[Math.max(attempts, 1) - 1];
}
