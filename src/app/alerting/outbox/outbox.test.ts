import { beforeEach, describe, expect, it } from "vitest";
import { applyEvent } from "../../../../test/alerting/apply.ts";
import {
  alert,
  at,
  incident,
  institution,
  message,
} from "../../../../test/contract/cases/samples.ts";
import { putHosting } from "../../../../test/contract/cases/use-cases.ts";
import { openMemoryCases } from "../../../store/cases-in-memory/index.ts";
import { spans } from "../../../core/time/index.ts";
import type { CaseStore, Delivery, OutboundMessage, StopSignal } from "../../case-ports.ts";
import { waitAfter } from "./back-off.ts";
import { type OutboxParts, recoverOutbox, runOutbox, sendDue } from "./index.ts";

const never = new AbortController().signal;
const ok: Delivery = { outcome: "delivered", response: "250 Ok" };

let cases: CaseStore;
let now: number;
let delivered: string[];

beforeEach(() => {
  cases = openMemoryCases();
  now = 0;
  delivered = [];
});

/** An outbox over a channel that does as told. */
function outbox(
  deliver: (message: OutboundMessage, signal: StopSignal) => Promise<Delivery> = async () => ok,
  over: Partial<OutboxParts> = {},
): OutboxParts {
  const channel = {
    channel: "mail" as const,
    async deliver(one: OutboundMessage, signal: StopSignal) {
      delivered.push(one.deliveryKey);
      return deliver(one, signal);
    },
    close: async () => undefined,
  };
  return {
    cases,
    channels: new Map([["mail", channel]]),
    applyEvent,
    caps: { perContactDay: 1000 },
    connections: 4,
    now: () => at(now),
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...over,
  };
}

/** Puts alerts in, each with a message that is queued. */
async function queue(numbers: readonly number[], over: Partial<OutboundMessage> = {}) {
  await cases.write(async (session) => {
    if (!(await session.institution("as-64500"))) {
      await putHosting(session);
      await session.putIncident(incident());
    }
    for (const number of numbers) {
      const { life, id } = alert(number);
      const state = { at: "queued", message: "alert" } as const;
      await session.putAlert(alert(number, { state, life: { ...life, messages: 1 } }));
      await session.queueMessage(message(number, { alert: id, ...over }));
    }
  });
}

const keys = (...numbers: number[]) => numbers.map((number) => message(number).deliveryKey);
const stateOf = (number: number) =>
  cases.read(async (session) => (await session.message(message(number).deliveryKey))!.state);
const alertAt = (number: number) =>
  cases.read(async (session) => (await session.alert(alert(number).id))!.state.at);
const tasks = () => cases.read((session) => session.tasks({ open: true, limit: 99 }));

it("sends the most urgent first, then who waits the longest, and each once", async () => {
  await queue([1, 2], { priority: "P3" });
  await queue([3]);
  expect(await sendDue(outbox(undefined, { connections: 1 }), never)).toBe(3);
  expect(delivered).toEqual(keys(3, 1, 2));
  expect(await sendDue(outbox(), never)).toBe(0);
  expect(await stateOf(1)).toEqual({ at: "delivered", on: at(0), response: "250 Ok" });
  expect(await alertAt(1)).toBe("sent");
  const receipts = await cases.read((session) => session.receiptsOf(alert(1).id));
  expect(receipts).toEqual([{ alert: alert(1).id, level: "R0", at: at(0), evidence: "250 Ok" }]);
});

it("has written down that it sends before the channel is called", async () => {
  await queue([1]);
  await sendDue(
    outbox(async () => {
      expect(await stateOf(1)).toEqual({ at: "sending", since: at(0) });
      expect(await alertAt(1)).toBe("sending");
      return ok;
    }),
    never,
  );
});

it("sends several at once, and goes on while one is slow", async () => {
  await queue(Array.from({ length: 20 }, (_, number) => number));
  let atOnce = 0;
  let most = 0;
  let free: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (free = resolve));
  let others = 0;
  await sendDue(
    outbox(async (one) => {
      most = Math.max(most, ++atOnce);
      if (one.deliveryKey === keys(0)[0]) await slow;
      else {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (++others === 19) free();
      }
      atOnce--;
      return ok;
    }),
    never,
  );
  expect(most).toBe(4);
  expect(new Set(delivered).size).toBe(20);
});

it("lets two workers share, and neither sends what the other has", async () => {
  await queue(Array.from({ length: 50 }, (_, number) => number));
  await Promise.all([sendDue(outbox(), never), sendDue(outbox(), never)]);
  expect(delivered).toHaveLength(50);
  expect(new Set(delivered).size).toBe(50);
});

describe("what is deferred", () => {
  const later: Delivery = { outcome: "deferred", reason: "451 busy" };

  it("is tried again after 1, 5, 15 and 60 minutes, and given up after two days", async () => {
    await queue([1]);
    const tries: number[] = [];
    for (now = 0; now < 3 * 86_400; now += 60)
      if (
        (await sendDue(
          outbox(async () => later),
          never,
        )) > 0
      )
        tries.push(now / 60);
    expect(tries.slice(0, 5)).toEqual([0, 1, 6, 21, 81]);
    expect(tries.at(-1)! / 60).toBeGreaterThan(46);
    expect(tries.at(-1)! / 60).toBeLessThanOrEqual(48);
    expect(await stateOf(1)).toMatchObject({
      at: "refused",
      reason: "given up after two days: 451 busy",
    });
    expect(await alertAt(1)).toBe("bounced");
    expect(waitAfter(0)).toBe(1);
  });

  it("is in the queue meanwhile, where it can be taken back", async () => {
    await queue([1]);
    await sendDue(
      outbox(async () => later),
      never,
    );
    expect(await stateOf(1)).toEqual({ at: "queued" });
    expect(await alertAt(1)).toBe("queued");
  });

  it("because we stop goes first at the next start, and has not failed", async () => {
    await queue([1]);
    const stop = new AbortController();
    const parts = outbox(async () => {
      stop.abort();
      return { outcome: "deferred", reason: "stopped" };
    });
    await runOutbox(parts, stop.signal);
    const [one] = await cases.read((session) => session.sendable(at(0), 9));
    expect(one).toMatchObject({ attempts: 0, state: { at: "queued" } });
  });
});

it("stores a refusal, and what nobody knows with a task for a person", async () => {
  await queue([1, 2]);
  await sendDue(
    outbox(async ({ deliveryKey }) =>
      deliveryKey === keys(1)[0]
        ? { outcome: "refused", reason: "550 no such user" }
        : { outcome: "unknown", reason: "no reply" },
    ),
    never,
  );
  expect(await stateOf(1)).toEqual({ at: "refused", on: at(0), reason: "550 no such user" });
  expect(await stateOf(2)).toEqual({ at: "unknown", on: at(0), reason: "no reply" });
  expect([await alertAt(1), await alertAt(2)]).toEqual(["bounced", "unknown"]);
  expect((await tasks()).map(({ kind, subject }) => [kind, subject])).toEqual([
    ["find-contact", `alert:${alert(1).id}`],
    ["decide-unknown", `alert:${alert(2).id}`],
  ]);
});

it("does not know after a crash, and asks a person", async () => {
  await queue([1, 2]);
  await cases.write((session) => session.takeMessage(keys(1)[0]!, at(0)));
  await cases.write((session) => applyEvent(session, alert(1).id, { type: "sending" }, at(0)));
  expect(await recoverOutbox(outbox(), at(9))).toBe(1);
  expect(await stateOf(1)).toMatchObject({ at: "unknown", on: at(9) });
  expect(await alertAt(1)).toBe("unknown");
  expect(await tasks()).toMatchObject([{ kind: "decide-unknown" }]);
  expect(await recoverOutbox(outbox(), at(9))).toBe(0);
  await sendDue(outbox(), never);
  expect(delivered).toEqual(keys(2));
});

describe("the last look before sending", () => {
  it("lets nothing out while the kill switch is on", async () => {
    await queue([1]);
    await cases.write((session) => session.setSetting("hold", "li: what is this?"));
    expect(await sendDue(outbox(), never)).toBe(0);
    await cases.write((session) => session.setSetting("hold", ""));
    expect(await sendDue(outbox(), never)).toBe(1);
  });

  it("lets a contact have no more than its cap in a day", async () => {
    await queue([1, 2, 3]);
    const parts = outbox(undefined, { caps: { perContactDay: 2 } });
    expect(await sendDue(parts, never)).toBe(2);
    expect(delivered).toEqual(keys(1, 2));
    now = (2 * spans.day) / 1000;
    expect(await sendDue(parts, never)).toBe(1);
  });

  it("holds back what would go to a contact that changed, or in a relation that is suspended", async () => {
    await queue([1, 2]);
    await cases.write(async (session) => {
      const { contacts } = await session.directory();
      const before = contacts[0]!;
      const after = { ...before, address: "another@hosting.example" };
      await session.changeDirectory([{ of: "contact", before, after }]);
    });
    expect(await sendDue(outbox(), never)).toBe(0);
    expect(await stateOf(1)).toMatchObject({ at: "refused" });
    await cases.write(async (session) => {
      const { institutions } = await session.directory();
      const before = institutions[0]!;
      const relation = { state: "suspended", since: at(0), reason: "no trust" } as const;
      await session.changeDirectory([
        { of: "institution", before, after: { ...before, relation } },
      ]);
    });
    await queue([3]);
    expect(await sendDue(outbox(), never)).toBe(0);
    expect(await stateOf(3)).toMatchObject({
      reason: "the relation to as-64500 is suspended: no trust",
    });
  });

  it("holds back what its institution may not have any more", async () => {
    await queue([1]);
    await cases.write((session) =>
      session.changeDirectory([
        { of: "institution", before: institution(), after: institution({ maxTlp: "clear" }) },
      ]),
    );
    await queue([2], { institution: "stranger" });
    expect(await sendDue(outbox(), never)).toBe(0);
    expect(await stateOf(1)).toMatchObject({
      at: "refused",
      reason: "TLP:green is more than as-64500 may see",
    });
    expect(await stateOf(2)).toMatchObject({ at: "refused" });
    expect(await alertAt(1)).toBe("bounced");
  });

  it("takes back what is of an alert that is closed", async () => {
    await queue([1]);
    const state = { at: "closed", reason: "duplicate" } as const;
    await cases.write((session) => session.putAlert(alert(1, { state })));
    expect(await sendDue(outbox(), never)).toBe(0);
    expect(await stateOf(1)).toMatchObject({ at: "withdrawn", reason: "its alert is closed" });
  });
});

it("defers what no channel is set up for", async () => {
  await queue([1], { channel: "webhook" });
  await sendDue(outbox(), never);
  expect(await stateOf(1)).toEqual({ at: "queued" });
});

it("runs until it is stopped, and ends when what is under way has its outcome", async () => {
  await queue([1]);
  const stop = new AbortController();
  const parts = outbox(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return ok;
  });
  const running = runOutbox(parts, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await queue([2, 3, 4, 5, 6, 7]);
  await new Promise((resolve) => setTimeout(resolve, 15));
  stop.abort();
  await running;
  const sending = await cases.read((session) => session.messages({ state: "sending", limit: 9 }));
  expect(sending).toEqual([]);
  expect(delivered.length).toBeGreaterThan(1);
});

it("ends when something breaks, after the outcomes of the others are stored", async () => {
  await queue([1, 2]);
  const parts = outbox(async ({ deliveryKey }) => {
    if (deliveryKey === keys(1)[0]) throw new TypeError("a bug");
    await new Promise((resolve) => setTimeout(resolve, 20));
    return ok;
  });
  await expect(runOutbox(parts, never)).rejects.toThrow("a bug");
  expect((await stateOf(2)).at).toBe("delivered");
  expect((await stateOf(1)).at).toBe("sending");
});

it("stores what ends at the same time together", async () => {
  await queue(Array.from({ length: 40 }, (_, number) => number));
  let writes = 0;
  const counted: CaseStore = {
    ...cases,
    write: (work) => {
      writes++;
      return cases.write(async (session) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return work(session);
      });
    },
  };
  await sendDue(outbox(undefined, { cases: counted, connections: 20 }), never);
  expect(delivered).toHaveLength(40);
  expect(writes).toBeLessThan(20);
});

it("ends when outcomes cannot be stored, and nothing is said to be delivered", async () => {
  await queue([1, 2, 3]);
  const broken: CaseStore = {
    ...cases,
    write: (work) =>
      delivered.length > 0 ? Promise.reject(new TypeError("no disk")) : cases.write(work),
  };
  await expect(runOutbox(outbox(undefined, { cases: broken }), never)).rejects.toThrow("no disk");
  expect((await stateOf(1)).at).toBe("sending");
});

it("writes every step into the audit log", async () => {
  await queue([1]);
  await sendDue(outbox(), never);
  const trail = await cases.read((session) => session.auditTrail({ limit: 99 }));
  expect(trail.map(({ action, subject }) => [action, subject])).toEqual([
    ["message.sending", `alert:${alert(1).id}`],
    ["message.delivered", `alert:${alert(1).id}`],
  ]);
  expect(trail[1]!.after).toMatchObject({ deliveryKey: keys(1)[0], to: "abuse@hosting.example" });
});
