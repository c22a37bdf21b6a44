import { describe, expect, it } from "vitest";
import { alert, at, inbound } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** What comes back, and what a person must do with it. */
export function describeAnswers(open: OpenEmptyCases): void {
  describe("answers", () => {
    const opened = useCases(open);

    it("are receipts, the oldest first", async () => {
      const { store } = opened();
      await putThread(store);
      const [first, second] = [
        { alert: alert().id, level: "R0", at: at(1), evidence: "250 OK" },
        { alert: alert().id, level: "R4", at: at(5), evidence: inbound().id },
      ] as const;
      await store.write(async (session) => {
        await session.addReceipt(second);
        await session.addReceipt(first);
      });
      await store.read(async (session) => {
        expect(await session.receiptsOf(alert().id)).toEqual([first, second]);
        expect(await session.receiptsOf("A-0")).toEqual([]);
      });
      const stray = store.write((session) => session.addReceipt({ ...first, alert: "A-0" }));
      await expect(stray).rejects.toMatchObject({ code: "case-conflict" });
    });

    it("are messages that are known once, and found by alert, by quarantine and by id", async () => {
      const { store } = opened();
      await putThread(store);
      const matched = { alert: alert().id, matchedBy: "ticket", signature: "good" } as const;
      await store.write(async (session) => {
        expect(await session.addInbound(inbound(1))).toBe(true);
        expect(await session.addInbound(inbound(1, { subject: "other" }))).toBe(false);
        expect(await session.addInbound(inbound(2, matched))).toBe(true);
        expect(await session.addInbound(inbound(3))).toBe(true);
      });
      await store.read(async (session) => {
        expect(await session.inbound({ limit: 9 })).toEqual([
          inbound(3),
          inbound(2, matched),
          inbound(1),
        ]);
        expect(await session.inbound({ limit: 1 })).toEqual([inbound(3)]);
        expect(await session.inbound({ limit: 9, alert: null })).toEqual([inbound(3), inbound(1)]);
        expect(await session.inbound({ limit: 9, alert: alert().id })).toEqual([
          inbound(2, matched),
        ]);
        expect(await session.inbound({ limit: 9, id: inbound(1).id })).toEqual([inbound(1)]);
        expect(await session.inbound({ limit: 9, id: "0" })).toEqual([]);
        for (const digits of [1, 63, 64]) {
          const idBegins = inbound(1).id.slice(0, digits);
          const found = (await session.inbound({ limit: 9, idBegins })).map(({ id }) => id);
          expect(found).toContain(inbound(1).id);
          expect(found.every((id) => id.startsWith(idBegins))).toBe(true);
        }
      });
    });

    it("hold any text, but for the NUL that no engine keeps", async () => {
      const { store } = opened();
      const odd = "Cleaned\0. 日本 \u{1F4E7} '; drop table alerts; -- \\ \r\n\t\u200f";
      await store.write((session) => session.addInbound(inbound(1, { text: odd, subject: odd })));
      const [kept] = await store.read((session) => session.inbound({ limit: 1 }));
      const plain = (text: string) => text.replaceAll(/[\0\u{FFFD}]/gu, "");
      expect(plain(kept!.text)).toBe(plain(odd));
      expect(plain(kept!.subject)).toBe(plain(odd));
    });

    it("in quarantine are given to an alert by a person", async () => {
      const { store } = opened();
      await putThread(store);
      await store.write(async (session) => {
        await session.addInbound(inbound(1));
        await session.assignInbound(inbound(1).id, alert().id);
      });
      const given = inbound(1, { alert: alert().id, matchedBy: "person" });
      expect(await store.read((session) => session.inbound({ limit: 9 }))).toEqual([given]);
      const assigns = (id: string, to: string) => store.write((s) => s.assignInbound(id, to));
      await expect(assigns("0", alert().id)).rejects.toMatchObject({ code: "case-conflict" });
      await expect(assigns(inbound(1).id, "A-0")).rejects.toMatchObject({ code: "case-conflict" });
    });
  });

  describe("tasks", () => {
    const opened = useCases(open);
    const task = {
      id: "T-1",
      kind: "approve",
      subject: `alert:${alert().id}`,
      why: "the first contact",
      openedAt: at(1),
      dueAt: at(60),
    } as const;

    it("are open once a kind and subject, and again when done", async () => {
      const { store } = opened();
      const openTask = (over: object) => store.write((s) => s.openTask({ ...task, ...over }));
      expect(await openTask({})).toEqual({ ...task, done: null });
      expect(await openTask({ id: "T-2", why: "again" })).toEqual({ ...task, done: null });
      await store.write((s) => s.finishTask("T-1", "li", at(9), "fine"));
      const again = { ...task, id: "T-2", dueAt: null, openedAt: at(10) };
      expect(await openTask(again)).toEqual({ ...again, done: null });
      const done = { ...task, done: { on: at(9), by: "li", note: "fine" } };
      await store.read(async (session) => {
        expect(await session.tasks({ limit: 9 })).toEqual([done, { ...again, done: null }]);
        expect(await session.tasks({ limit: 9, open: false })).toEqual([done]);
        expect(await session.tasks({ limit: 9, id: done.id })).toEqual([done]);
        expect(await session.tasks({ limit: 9, id: done.id, open: true })).toEqual([]);
        expect(await session.tasks({ limit: 9, open: true })).toEqual([{ ...again, done: null }]);
      });
    });

    it("are listed the oldest first, by kind and subject", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        await session.openTask({ ...task, id: "T-3", openedAt: at(3) });
        await session.openTask({ ...task, id: "T-4", kind: "telephone", openedAt: at(2) });
        await session.openTask({ ...task, id: "T-5", subject: "contact:x" });
      });
      await store.read(async (session) => {
        const ids = async (filter: Parameters<typeof session.tasks>[0]) =>
          (await session.tasks(filter)).map(({ id }) => id);
        expect(await ids({ limit: 9 })).toEqual(["T-5", "T-4", "T-3"]);
        expect(await ids({ limit: 1 })).toEqual(["T-5"]);
        expect(await ids({ limit: 9, kind: "telephone" })).toEqual(["T-4"]);
        expect(await ids({ limit: 9, subject: task.subject })).toEqual(["T-4", "T-3"]);
      });
    });

    it("are finished once", async () => {
      const { store } = opened();
      await store.write((session) => session.openTask(task));
      const finish = (id: string) => store.write((s) => s.finishTask(id, "li", at(9), ""));
      await finish("T-1");
      await expect(finish("T-1")).rejects.toMatchObject({ code: "case-conflict" });
      await expect(finish("T-0")).rejects.toMatchObject({ code: "case-conflict" });
    });
  });
}
