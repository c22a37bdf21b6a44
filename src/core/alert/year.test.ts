import { describe, expect, it } from "vitest";
import { draft } from "../../../test/alert-facts.ts";
import { type Lived, live, randomOf } from "../../../test/alert-world.ts";
import type { Hours } from "../institution/index.ts";
import { instantOf, later, spans } from "../time/index.ts";
import { type AlertEvent, type AlertPolicy, defaultPolicy, isOpen, priorities } from "./index.ts";

const ALERTS = 3_000;
const BEGIN = "2013-01-01T00:00:00.000Z";
const END = later(BEGIN, 365 * spans.day);

const office: Hours = {
  timeZone: "America/New_York",
  weekdays: [1, 2, 3, 4, 5],
  from: "09:00",
  until: "17:00",
  holidays: ["2013-07-04"],
};

/** The kill switch is on for a week in April. */
const isStopped = (now: string) => now >= "2013-04-08" && now < "2013-04-15";

interface Life {
  readonly steps: readonly Lived[];
  readonly end: Lived["after"];
}

const year: Life[] = Array.from({ length: ALERTS }, (_, seed) => {
  const random = randomOf(seed * 7919 + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const policy: AlertPolicy = {
    ...defaultPolicy,
    hours: pick([null, office]),
    alternate: pick([null, null, { contact: "other", channel: "mail" }]),
    rungAbove: random() < 0.7,
    tellClosure: random() < 0.8,
  };
  const drafted: AlertEvent = {
    type: "drafted",
    needs: pick([0, 0, 1, 2]),
    hold: pick([null, null, null, "the contact was never verified"]),
    ...(random() < 0.2 && { by: "ada" }),
  };
  const alert = draft({
    id: `A-${seed}`,
    priority: pick(priorities),
    openedAt: instantOf(Date.parse(BEGIN) + random() * 200 * spans.day),
    terms: { ...draft().terms, digestMinutes: pick([0, 60, 1440, 10_080]) },
  });
  const steps: Lived[] = [];
  const now = (at: string) => ({ ...policy, stopped: isStopped(at) });
  const end = live(alert, drafted, now, seed, END, (lived) => steps.push(lived));
  return { steps, end };
});

const steps = year.flatMap((life) => life.steps);

/** The messages that a life queued. */
const queuedIn = (life: Life) =>
  life.steps.flatMap(({ commands }) => commands.flatMap((it) => (it.do === "queue" ? [it] : [])));

describe(`a year with ${ALERTS} alerts in a world without sense`, () => {
  it("lives: every state, every message and every timer comes", () => {
    expect(new Set(steps.map(({ after }) => after.state.at)).size).toBe(12);
    expect(new Set(year.flatMap(queuedIn).map(({ message }) => message)).size).toBe(5);
    const fired = steps.flatMap(({ event, ignored }) =>
      event.type === "timer" && ignored === null ? [event.timer] : [],
    );
    expect(new Set(fired).size).toBe(7);
  });

  it("never gives one key to two messages", () => {
    const keys = year.flatMap(queuedIn).map(({ deliveryKey }) => deliveryKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("never reminds twice, nor anybody who has answered", () => {
    const arrived = ({ before, event, ignored }: Lived) =>
      ignored === null &&
      "message" in before.state &&
      before.state.message === "reminder" &&
      (event.type === "delivered" || (event.type === "resolved" && event.arrived));
    expect(year.filter((life) => life.steps.filter(arrived).length > 1).length).toBe(0);
    const reminders = steps.filter(({ commands }) =>
      commands.some((it) => it.do === "queue" && it.message === "reminder"),
    );
    expect(reminders.every(({ before }) => before.life.acknowledgedAt === null)).toBe(true);
  });

  it("opens the next rung once at most", () => {
    for (const life of year)
      expect(
        life.steps.flatMap(({ commands }) => commands.filter((it) => it.do === "open-rung")).length,
      ).toBeLessThan(2);
  });

  it("ends for every alert, and by time only as expired", () => {
    expect(year.filter(({ end }) => end.state.at !== "closed")).toEqual([]);
    const byTime = steps.flatMap(({ event, after, before }) =>
      event.type === "timer" && after.state.at === "closed" && before.state.at !== "closed"
        ? [after.state.reason]
        : [],
    );
    expect(byTime.length).toBeGreaterThan(100);
    for (const reason of byTime) {
      expect(reason).toMatch(/^expired: /);
      expect(reason).not.toMatch(/solved|fixed|clean|done/);
    }
  });

  it("closes nothing on a claim", () => {
    const claims = steps.filter(({ event }) => event.type === "claimed-fixed");
    expect(claims.some(({ after }) => after.state.at === "claims-fixed")).toBe(true);
    const ended = claims.filter(
      ({ before, after }) => after.state.at === "closed" && before.state.at !== "closed",
    );
    const beingTold = ({ before }: Lived) =>
      "rest" in before.state && before.state.rest?.at === "closed";
    expect(ended.filter((lived) => !beingTold(lived))).toEqual([]);
  });

  it("queues nothing while the kill switch is on, and goes on after it", () => {
    const during = steps.filter(({ policy }) => policy.stopped);
    expect(during.length).toBeGreaterThan(1_000);
    expect(during.flatMap(({ commands }) => commands).some((it) => it.do === "queue")).toBe(false);
    const delayed = year.filter(({ steps: own }) => {
      const at = own.findIndex(({ policy, event }) => policy.stopped && event.type === "timer");
      return (
        at >= 0 && own.slice(at).some(({ commands }) => commands.some((it) => it.do === "queue"))
      );
    });
    expect(delayed.length).toBeGreaterThan(50);
  });

  it("lets nothing but P1 leave while nobody is there", () => {
    const outOfHours = steps.filter(({ after, now, policy, commands }) =>
      commands.some(
        (it) =>
          it.do === "queue" &&
          after.priority !== "P1" &&
          !isOpen(policy.hours, it.notBefore ?? now),
      ),
    );
    expect(outOfHours).toEqual([]);
  });

  it("changes nothing and asks for nothing where an event is ignored", () => {
    const ignored = steps.filter((it) => it.ignored !== null);
    expect(ignored.length).toBeGreaterThan(1_000);
    expect(ignored.filter((it) => it.before !== it.after || it.commands.length > 0)).toEqual([]);
  });

  it("sets no timer in the past", () => {
    const early = steps.filter(({ now, commands }) =>
      commands.some((it) => it.do === "set-timer" && it.dueAt < now),
    );
    expect(early).toEqual([]);
  });
});
