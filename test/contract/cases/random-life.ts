import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseSession, CaseStore, OutboundState } from "../../../src/app/case-ports.ts";
import { isFault } from "../../../src/core/fault.ts";
import { describeEverything } from "./everything.ts";
import {
  alert,
  at,
  closed,
  contact,
  finding,
  inbound,
  incident,
  institution,
  keyOf,
  message,
} from "./samples.ts";
import { type OpenEmptyCases, openInMemory } from "./stores.ts";

/** One thing that is done in a transaction. */
type Act = (session: CaseSession) => Promise<unknown>;

// Few of everything, so that acts meet: what is not there, what is there twice, what is closed.
const few = fc.integer({ min: 1, max: 4 });
const keys = fc.array(few.map(keyOf), { maxLength: 6 });
const second = fc.integer({ min: 0, max: 9 }).map(at);

const acts: readonly fc.Arbitrary<Act>[] = [
  fc.tuple(few, fc.boolean()).map(([n, there]): Act => (session) => {
    const one = institution({ id: `as-${n}`, country: n % 2 ? "US" : "DE" });
    const [before, after] = there ? [null, one] : [one, null];
    return session.changeDirectory([{ of: "institution", before, after }]);
  }),
  fc.tuple(few, few, fc.boolean()).map(([n, of, there]): Act => (session) => {
    const one = contact({ id: `c-${n}`, institution: `as-${of}` });
    const [before, after] = there ? [null, one] : [one, null];
    return session.changeDirectory([{ of: "contact", before, after }]);
  }),
  fc.tuple(fc.array(few, { maxLength: 5 }), few).map(
    ([numbers, port]): Act =>
      (session) =>
        session.putFindings(numbers.map((number) => finding(number, { port }))),
  ),
  fc.tuple(few, few, few, fc.boolean(), second).map(([n, key, of, open, openedAt]): Act => {
    const state = open ? ({ at: "open" } as const) : closed;
    const over = { key: `k${key}`, institution: `as-${of}`, openedAt, state };
    return (session) => session.putIncident(incident(n, over));
  }),
  fc.tuple(few, keys, second).map(
    ([n, of, when]): Act =>
      (session) =>
        session.joinFindings(incident(n).id, of, when),
  ),
  fc.tuple(few, few, few, second).map(([n, ticket, of, openedAt]): Act => {
    const over = { ticket: `TC-${ticket}`, incident: incident(of).id, openedAt };
    return (session) => session.putAlert(alert(n, over));
  }),
  fc.tuple(few, second, fc.boolean()).map(([n, dueAt, set]): Act => (session) => {
    const timer = { alert: alert(n).id, timer: "digest" } as const;
    return set
      ? session.setTimer({ ...timer, dueAt })
      : session.clearTimer(timer.alert, timer.timer);
  }),
  fc.tuple(few, second).map(
    ([n, when]): Act =>
      (session) =>
        session.addEvent(alert(n).id, when, { type: "sending" }),
  ),
  fc.tuple(few, few, second).map(
    ([n, of, notBefore]): Act =>
      (session) =>
        session.queueMessage(message(n, { alert: alert(of).id, notBefore })),
  ),
  fc.tuple(few, second).map(
    ([n, now]): Act =>
      (session) =>
        session.takeMessage(message(n).deliveryKey, now),
  ),
  fc.tuple(few, second, fc.boolean()).map(([n, on, queued]): Act => {
    const state: OutboundState = queued ? { at: "queued" } : { at: "delivered", on, response: "" };
    return (session) => session.setMessageState(message(n).deliveryKey, state, n, on);
  }),
  few.map(
    (n): Act =>
      (session) =>
        session.addInbound(inbound(n)),
  ),
  fc.tuple(few, few).map(
    ([n, of]): Act =>
      (session) =>
        session.assignInbound(inbound(n).id, alert(of).id),
  ),
  fc.tuple(few, few).map(
    ([n, subject]): Act =>
      (session) =>
        session.openTask({
          id: `T-${n}`,
          kind: "approve",
          subject: `alert:${subject}`,
          why: "",
          openedAt: at(n),
          dueAt: null,
        }),
  ),
  few.map(
    (n): Act =>
      (session) =>
        session.finishTask(`T-${n}`, "li", at(n), ""),
  ),
  few.map(
    (n): Act =>
      (session) =>
        session.audit({ at: at(n), actor: "li", action: "a", subject: `${n}` }),
  ),
];

/** Lives of a few dozen transactions of a few acts each: the same becomes of them as in memory. */
export function describeRandomLife(open: OpenEmptyCases, runs: number): void {
  describe("whatever is done to it", () => {
    it("answers and keeps the same as the store in memory", { timeout: 180_000 }, async () => {
      const life = fc.array(fc.array(fc.oneof(...acts), { minLength: 1, maxLength: 3 }), {
        minLength: 10,
        maxLength: 40,
      });
      await fc.assert(
        fc.asyncProperty(life, async (transactions) => {
          const [opened, plain] = [await open(), await openInMemory()];
          try {
            for (const transaction of transactions)
              expect(await outcome(opened.store, transaction)).toEqual(
                await outcome(plain.store, transaction),
              );
            expect(await opened.store.read(whole)).toEqual(await plain.store.read(whole));
          } finally {
            await opened.close();
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

async function outcome(store: CaseStore, acts: readonly Act[]): Promise<unknown> {
  try {
    return await store.write(async (session) => {
      const answers = [];
      for (const act of acts) answers.push(await act(session));
      return answers;
    });
  } catch (error) {
    if (!isFault(error, "case-conflict")) throw error;
    return "conflict";
  }
}

async function whole(session: CaseSession) {
  const numbers = [1, 2, 3, 4];
  const of = <T>(ask: (number: number) => Promise<T>) => Promise.all(numbers.map(ask));
  return {
    ...(await describeEverything(session)),
    tally: await session.tally(),
    sendable: await session.sendable(at(5), 9),
    delivered: await session.countDelivered(contact().id),
    open: await of((n) => session.openIncident(`k${n}`)),
    joined: await of((n) => session.findingsOf(incident(n).id, { limit: 9 })),
    incidents: await of((n) => session.incidentsOf(keyOf(n))),
    alertsOf: await of((n) => session.alerts({ incident: incident(n).id, limit: 9 })),
    tickets: await of((n) => session.alertByTicket(`TC-${n}`)),
  };
}
