import { describe, expect, it } from "vitest";
import type { OutboundState } from "../../../src/app/case-ports.ts";
import { alert, at, message } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** Messages on their way out. */
export function describeOutbox(open: OpenEmptyCases): void {
  describe("the outbox", () => {
    const opened = useCases(open);

    it("gives back a message as it was queued, byte by byte", async () => {
      const { store } = opened();
      await putThread(store);
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const queued = message(1, { bytes: every.slice() });
      expect(await store.write((session) => session.queueMessage(queued))).toBe(true);
      queued.bytes.fill(7);
      await store.read(async (session) => {
        const kept = await session.message(queued.deliveryKey);
        expect(kept).toEqual({ ...queued, bytes: every });
        kept!.bytes.fill(9);
        expect((await session.messageById(queued.messageId))?.bytes).toEqual(every);
        expect(await session.message("A-0/alert-1")).toBeUndefined();
        expect(await session.messageById("<0@csirt.example>")).toBeUndefined();
      });
    });

    it("uses a delivery key once for ever", async () => {
      const { store } = opened();
      await putThread(store);
      const queue = (over = {}) => store.write((s) => s.queueMessage(message(1, over)));
      expect(await queue()).toBe(true);
      expect(await queue({ bytes: Uint8Array.of(1), to: "other@hosting.example" })).toBe(false);
      const state: OutboundState = { at: "withdrawn", on: at(9), reason: "kill switch" };
      await store.write((s) => s.setMessageState(message().deliveryKey, state, 0));
      expect(await queue()).toBe(false);
      expect(await store.read((s) => s.message(message().deliveryKey))).toEqual(
        message(1, { state }),
      );
      const stray = store.write((s) => s.queueMessage(message(2, { alert: "A-0" })));
      await expect(stray).rejects.toMatchObject({ code: "case-conflict" });
    });

    it("lets messages go P1 first, then the longest waiting, and none before its time", async () => {
      const { store } = opened();
      await putThread(store);
      await store.write(async (session) => {
        await session.queueMessage(message(1, { priority: "P3", queuedAt: at(1) }));
        await session.queueMessage(message(2, { priority: "P1", queuedAt: at(9) }));
        await session.queueMessage(message(3, { priority: "P1", queuedAt: at(8) }));
        await session.queueMessage(message(4, { priority: "P1", notBefore: at(61) }));
        await session.queueMessage(message(5, { priority: "P2", notBefore: at(60) }));
        await session.queueMessage(message(6, { state: { at: "sending", since: at(2) } }));
      });
      await store.read(async (session) => {
        const keys = async (seconds: number, limit: number) =>
          (await session.sendable(at(seconds), limit)).map(({ messageId }) => messageId[1]);
        expect(await keys(60, 9)).toEqual(["3", "2", "5", "1"]);
        expect(await keys(60, 2)).toEqual(["3", "2"]);
        expect(await keys(59, 9)).toEqual(["3", "2", "1"]);
        expect(await keys(61, 9)).toEqual(["4", "3", "2", "5", "1"]);
      });
    });

    it("gives a message to one of all who take it up", async () => {
      const { store } = opened();
      await putThread(store);
      const key = message().deliveryKey;
      await store.write((session) => session.queueMessage(message(1, { notBefore: at(50) })));
      const take = (seconds: number) => store.write((s) => s.takeMessage(key, at(seconds)));
      expect(await take(49)).toBe(false);
      const taken = await Promise.all([take(50), take(51), take(52), take(53)]);
      expect(taken).toEqual([true, false, false, false]);
      await store.read(async (session) => {
        const state = { at: "sending", since: at(50) };
        expect(await session.message(key)).toMatchObject({ state, attempts: 1 });
        expect(await session.sendable(at(99), 9)).toEqual([]);
      });
      expect(await store.write((s) => s.takeMessage("A-0/alert-1", at(99)))).toBe(false);
    });

    it("gives a message to one of all processes that take it up", async ({ skip }) => {
      const { store, beside } = opened();
      if (!beside) return skip("is of one process");
      await putThread(store);
      const all = Array.from({ length: 20 }, (_, number) => message(number));
      await store.write(async (session) => {
        for (const one of all) await session.queueMessage(one);
      });
      const others = [store, await beside(), await beside()];
      const taken = await Promise.all(
        all.flatMap(({ deliveryKey }) =>
          others.map((one) => one.write((s) => s.takeMessage(deliveryKey, at(99)))),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(all.length);
      const sending = await store.read((s) => s.messages({ state: "sending", limit: 99 }));
      expect(sending.map(({ attempts }) => attempts)).toEqual(all.map(() => 1));
    });

    it("follows a message through every state, and puts off a second try", async () => {
      const { store } = opened();
      await putThread(store);
      const key = message().deliveryKey;
      await store.write((session) => session.queueMessage(message()));
      const states: OutboundState[] = [
        { at: "sending", since: at(2) },
        { at: "queued" },
        { at: "delivered", on: at(3), response: "250 2.0.0 OK" },
        { at: "unknown", on: at(3), reason: "connection lost" },
        { at: "refused", on: at(3), reason: "550 5.1.1" },
      ];
      for (const [attempts, state] of states.entries()) {
        await store.write((s) => s.setMessageState(key, state, attempts));
        const now = await store.read((s) => s.message(key));
        expect(now).toEqual(message(1, { state, attempts }));
      }
      await store.write((s) => s.setMessageState(key, { at: "queued" }, 9, at(70)));
      await store.read(async (session) => {
        const state = { at: "queued" as const };
        expect(await session.message(key)).toEqual(
          message(1, { state, attempts: 9, notBefore: at(70) }),
        );
      });
      const stray = store.write((s) => s.setMessageState("A-0/alert-1", { at: "queued" }, 0));
      await expect(stray).rejects.toMatchObject({ code: "case-conflict" });
    });

    it("lists the newest first, and counts what a contact was sent", async () => {
      const { store } = opened();
      await putThread(store);
      const delivered: OutboundState = { at: "delivered", on: at(9), response: "250" };
      const withdrawn: OutboundState = { at: "withdrawn", on: at(9), reason: "no" };
      await store.write(async (session) => {
        await session.putAlert(alert(2));
        await session.queueMessage(message(1, { state: delivered, queuedAt: at(5) }));
        await session.queueMessage(message(2, { state: withdrawn }));
        await session.queueMessage(message(3, { alert: alert(2).id }));
        await session.queueMessage(message(4, { contact: "other", state: delivered }));
      });
      await store.read(async (session) => {
        const listed = async (filter: Parameters<typeof session.messages>[0]) =>
          (await session.messages(filter)).map(({ messageId }) => messageId[1]);
        expect(await listed({ limit: 9 })).toEqual(["1", "4", "3", "2"]);
        expect(await listed({ limit: 2 })).toEqual(["1", "4"]);
        expect(await listed({ limit: 9, alert: alert(2).id })).toEqual(["3"]);
        expect(await listed({ limit: 9, state: "delivered" })).toEqual(["1", "4"]);
        expect(await session.countMessages("as-64500-abuse", at(0))).toBe(1);
        expect(await session.countMessages("as-64500-abuse", at(5))).toBe(1);
        expect(await session.countMessages("nobody", at(0))).toBe(0);
        expect(await session.countDelivered("as-64500-abuse")).toBe(1);
        expect(await session.countDelivered("nobody")).toBe(0);
      });
    });
  });
}
