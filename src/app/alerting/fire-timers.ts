import type { StopSignal, TimerRow } from "../case-ports.ts";
import { type Composing, composeQueued, toldUntil } from "./compose-queued.ts";
import { happen } from "./happen.ts";

/** Timers that are looked at together. */
const AT_ONCE = 200;

/**
 * Lets everything happen that is due, until nothing is or the signal comes. Messages are composed together; each other timer is a transaction
 * of its own, so that a mistake in one costs that one only. Returns how many fired.
 */
export async function fireTimers(parts: Composing, signal: StopSignal): Promise<number> {
  let fired = 0;
  while (!signal.aborted) {
    const due = await parts.cases.read((session) => session.dueTimers(parts.now(), AT_ONCE));
    const compose = due.filter(({ timer }) => timer === "compose").map(({ alert }) => alert);
    if (compose.length > 0) await composeQueued(parts, compose);
    for (const timer of due) {
      if (timer.timer === "compose") continue;
      if (signal.aborted) return fired;
      await fire(parts, timer);
    }
    fired += due.length;
    if (due.length === 0) return fired;
  }
  return fired;
}

async function fire(parts: Composing, { alert: id, timer }: TimerRow): Promise<void> {
  const now = parts.now();
  await parts.cases.write(async (session) => {
    await session.clearTimer(id, timer);
    const alert = await session.alert(id);
    if (alert === undefined) return;
    if (timer === "digest") {
      const since = (await toldUntil(session, id)) ?? alert.openedAt;
      const [news] = await session.findingsOf(alert.incident, { since, limit: 1 });
      if (news === undefined) return;
    }
    await happen(parts.happening, session, id, { type: "timer", timer }, now);
  });
}
