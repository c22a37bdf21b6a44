/** When to try again. */

const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;
/** Nobody is obeyed who asks for more. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/**
 * Milliseconds until the next try: doubled with each failure in a row from 30 s to an hour, of which a random half is taken off
 * so that many feeds do not come back at once. What the remote side asked for (Retry-After) is the least.
 */
export function retryDelay(
  failures: number,
  random: number,
  retryAfterSeconds: number | undefined,
): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  const jittered = full / 2 + (random * full) / 2;
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, (retryAfterSeconds ?? 0) * 1000));
  return Math.ceil(asked > jittered ? asked + (random * FIRST_MS) / 10 : jittered);
}
