import { describe, expect, it } from "vitest";
import type { CaseSession } from "../../../src/app/case-ports.ts";
import { at, alert, finding, incident, institution, message, inbound } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** What one transaction is to another. */
export function describeTransactions(open: OpenEmptyCases): void {
  describe("a transaction", () => {
    const opened = useCases(open);

    it("gives what its work gives", async () => {
      const { store } = opened();
      expect(await store.write(async () => 42)).toBe(42);
      expect(await store.read(async () => "read")).toBe("read");
    });

    it("that fails changes nothing, of whatever it had changed", async () => {
      const { store } = opened();
      await putThread(store);
      const before = await store.read(everything);
      const failing = store.write(async (session) => {
        await changeEverything(session);
        throw new RangeError("as if by a bug");
      });
      await expect(failing).rejects.toThrow("as if by a bug");
      expect(await store.read(everything)).toEqual(before);
      await store.write(changeEverything);
      expect(await store.read(everything)).not.toEqual(before);
    });

    it("sees what it has written itself, and nobody else does before it ends", async () => {
      const { store } = opened();
      const seen = await store.write(async (session) => {
        await session.setSetting("colour", "red");
        const beside = await store.read((other) => other.setting("colour"));
        return [await session.setting("colour"), beside];
      });
      expect(seen).toEqual(["red", undefined]);
      expect(await store.read((session) => session.setting("colour"))).toBe("red");
    });

    it("that reads sees one moment, whatever is written meanwhile", async () => {
      const { store } = opened();
      await store.write((session) => session.setSetting("colour", "red"));
      const seen = await store.read(async (session) => {
        const first = await session.setting("colour");
        await store.write((other) => other.setSetting("colour", "blue"));
        return [first, await session.setting("colour")];
      });
      expect(seen).toEqual(["red", "red"]);
      expect(await store.read((session) => session.setting("colour"))).toBe("blue");
    });

    it("that reads sees the moment of its beginning, also in what it looks at late", async () => {
      const { store } = opened();
      const seen = await store.read(async (session) => {
        await store.write((other) => other.setSetting("colour", "blue"));
        return session.setting("colour");
      });
      expect(seen).toBeUndefined();
    });

    it("that reads may change nothing", async () => {
      const { store } = opened();
      await expect(store.read((session) => session.setSetting("a", "b"))).rejects.toThrow();
      expect(await store.read((session) => session.setting("a"))).toBeUndefined();
    });

    it("waits until those that write before it have ended", async () => {
      const { store } = opened();
      await Promise.all(
        Array.from({ length: 20 }, () =>
          store.write(async (session) => {
            const before = Number((await session.setting("sum")) ?? 0);
            await new Promise(setImmediate);
            await session.setSetting("sum", String(before + 1));
          }),
        ),
      );
      expect(await store.read((session) => session.setting("sum"))).toBe("20");
    });

    it("that failed does not stop those after it", async () => {
      const { store } = opened();
      const outcomes = await Promise.allSettled([
        store.write((session) => session.setSetting("a", "1")),
        store.write(async () => {
          throw new RangeError("no");
        }),
        store.write((session) => session.setSetting("b", "2")),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      const both = await store.read(async (s) => [await s.setting("a"), await s.setting("b")]);
      expect(both).toEqual(["1", "2"]);
    });

    it("cannot be written into when it has ended", async () => {
      const { store } = opened();
      const kept = await store.write(async (session) => session);
      await Promise.allSettled([kept.setSetting("late", "yes")]);
      await store.write((session) => session.setSetting("other", "x"));
      expect(await store.read((session) => session.setting("late"))).toBeUndefined();
    });

    it("answers many who read at once", async () => {
      const { store } = opened();
      await store.write((session) => session.setSetting("colour", "red"));
      const answers = await Promise.all(
        Array.from({ length: 30 }, () =>
          store.read(async (session) => {
            await new Promise(setImmediate);
            return session.setting("colour");
          }),
        ),
      );
      expect(new Set(answers)).toEqual(new Set(["red"]));
    });
  });
}

async function changeEverything(session: CaseSession): Promise<void> {
  const other = institution({ id: "as-64501" });
  await session.changeDirectory([{ of: "institution", before: null, after: other }]);
  await session.setCursor("folded", "7");
  await session.putFindings([finding(1)]);
  await session.putIncident(incident(1, { assignee: "li" }));
  await session.putIncident(incident(2));
  await session.joinFindings(incident(1).id, [finding(1).key], at(5));
  await session.putAlert(alert(1, { state: { at: "sent" } }));
  await session.addEvent(alert(1).id, at(5), { type: "sending" });
  await session.setTimer({ alert: alert(1).id, timer: "digest", dueAt: at(6) });
  await session.queueMessage(message(1));
  await session.addReceipt({ alert: alert(1).id, level: "R0", at: at(6), evidence: "250 OK" });
  await session.addInbound(inbound(1));
  const due = { openedAt: at(1), dueAt: null };
  await session.openTask({ id: "T-1", kind: "approve", subject: "alert:1", why: "", ...due });
  await session.nextNumber("incident 2013-05-31");
  await session.audit({ at: at(7), actor: "li", action: "alert.sent", subject: "alert:1" });
}

async function everything(session: CaseSession) {
  const of = alert(1).id;
  return {
    directory: await session.directory(),
    version: await session.directoryVersion(),
    cursor: await session.cursor("folded"),
    finding: await session.finding(finding(1).key),
    incidents: await session.incidents({ limit: 10 }),
    findings: await session.findingsOf(incident(1).id, { limit: 10 }),
    alerts: await session.alerts({ limit: 10 }),
    events: await session.events(of),
    timers: await session.dueTimers(at(99), 10),
    messages: await session.messages({ limit: 10 }),
    receipts: await session.receiptsOf(of),
    inbound: await session.inbound({ limit: 10 }),
    tasks: await session.tasks({ limit: 10 }),
    audit: await session.auditTrail({ limit: 10 }),
  };
}
