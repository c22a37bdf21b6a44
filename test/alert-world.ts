// A world in which one alert lives for a year: its timers, an outbox that carries what is queued, and people and mailboxes that do
// whatever comes into their heads.
import {
  type Alert,
  type AlertCommand,
  type AlertEvent,
  type AlertPolicy,
  step,
  type TimerKind,
} from "../src/core/alert/index.ts";
import { type Instant, instantOf, later, spans } from "../src/core/time/index.ts";

/** What one step was, for whoever checks it. */
export interface Lived {
  readonly before: Alert;
  readonly event: AlertEvent;
  readonly now: Instant;
  readonly policy: AlertPolicy;
  readonly after: Alert;
  readonly commands: readonly AlertCommand[];
  readonly ignored: string | null;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What people, mailboxes and verification do of themselves. */
const outside: readonly ((by: string) => AlertEvent)[] = [
  (by) => ({ type: "approved", by }),
  (by) => ({ type: "approved", by }),
  (by) => ({ type: "held", by, reason: "wait" }),
  (by) => ({ type: "released", by, needs: 0 }),
  (by) => ({ type: "released", by, needs: 1 }),
  (by) => ({ type: "resolved", by, arrived: true }),
  (by) => ({ type: "resolved", by, arrived: false }),
  () => ({ type: "bounced", reason: "no such user" }),
  () => ({ type: "auto-replied" }),
  (by) => ({ type: "acknowledged", by }),
  (by) => ({ type: "claimed-fixed", by }),
  (by) => ({ type: "disputed", by }),
  () => ({ type: "findings-added" }),
  () => ({ type: "findings-added" }),
  () => ({ type: "verified", clean: false }),
  (by) => ({ type: "resend-asked", by }),
  () => ({ type: "delivered", response: "stray" }),
  () => ({ type: "sending" }),
];

/** Ends an alert by other ways than time; rarer than the rest. */
const ends: readonly ((by: string) => AlertEvent)[] = [
  () => ({ type: "verified", clean: true }),
  (by) => ({ type: "closed", by, reason: "duplicate" }),
];

interface Coming {
  readonly at: Instant;
  readonly event: AlertEvent;
}

/** Lets an alert live until a moment, and tells of every step. */
export function live(
  first: Alert,
  drafted: AlertEvent,
  policyAt: (now: Instant) => AlertPolicy,
  seed: number,
  until: Instant,
  onStep: (lived: Lived) => void,
): Alert {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const timers = new Map<TimerKind, Instant>();
  let outbox: Coming[] = [];
  let alert = first;

  const take = (command: AlertCommand, now: Instant): void => {
    if (command.do === "set-timer") timers.set(command.timer, command.dueAt);
    if (command.do === "clear-timer") timers.delete(command.timer);
    if (command.do === "withdraw") outbox = [];
    if (command.do !== "queue") return;
    const start = later(command.notBefore ?? now, random() * spans.minute);
    wire(start);
  };

  /** A message is taken up, and something comes of it; what is put off is tried again. */
  const wire = (start: Instant): void => {
    const outcomes: AlertEvent[] = [
      { type: "delivered", response: "250" },
      { type: "delivered", response: "250" },
      { type: "delivered", response: "250" },
      { type: "refused", reason: "550" },
      { type: "outcome-unknown", reason: "cut" },
      { type: "deferred", reason: "greylisted" },
    ];
    outbox = [
      { at: start, event: { type: "sending" } },
      { at: later(start, random() * 20 * spans.minute), event: pick(outcomes) },
    ];
  };

  const happen = (event: AlertEvent, now: Instant): void => {
    const policy = policyAt(now);
    const before = alert;
    const { alert: after, commands, ignored } = step(before, event, now, policy);
    alert = after;
    if (event.type === "deferred" && alert.state.at === "queued") wire(later(now, spans.hour));
    for (const command of commands) take(command, now);
    onStep({ before, event, now, policy, after, commands, ignored });
  };

  const nextOutside = (now: Instant): Coming => ({
    at: later(now, -Math.log(1 - random()) * 5 * spans.day),
    event: pick(random() < 0.04 ? ends : outside)(pick(["ada", "bo", "cy", ""])),
  });

  happen(drafted, first.openedAt);
  let visitor = nextOutside(first.openedAt);
  for (;;) {
    const due = [...timers].map(([timer, at]): Coming => ({ at, event: { type: "timer", timer } }));
    const next = [...outbox.slice(0, 1), visitor, ...due].reduce((one, other) =>
      other.at < one.at ? other : one,
    );
    if (next.at > until) return alert;
    if (next.event.type === "timer") timers.delete(next.event.timer);
    else if (next === visitor) visitor = nextOutside(next.at);
    else outbox = outbox.slice(1);
    happen(next.event, instantOf(Date.parse(next.at)));
  }
}
