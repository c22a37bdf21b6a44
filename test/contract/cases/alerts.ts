import { describe, expect, it } from "vitest";
import { alert, at, incident } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { putThread, useCases } from "./use-cases.ts";

/** Alerts, what happened to them, and what falls due. */
export function describeAlerts(open: OpenEmptyCases): void {
  describe("alerts", () => {
    const opened = useCases(open);

    it("are given back as they were put, by id and by ticket", async () => {
      const { store } = opened();
      await putThread(store);
      const waiting = alert(1, {
        state: { at: "awaiting-approval", needs: 2, by: ["li"] },
        life: { ...alert().life, messages: 1, firstSentAt: at(7) },
        contact: "",
      });
      await store.write((session) => session.putAlert(waiting));
      await store.read(async (session) => {
        expect(await session.alert(alert().id)).toEqual(waiting);
        expect(await session.alertByTicket(alert().ticket)).toEqual(waiting);
        expect(await session.alert("A-0")).toBeUndefined();
        expect(await session.alertByTicket("TC-0")).toBeUndefined();
      });
    });

    it("have tickets of their own and incidents that are there", async () => {
      const { store } = opened();
      await putThread(store);
      const puts = (over: Parameters<typeof alert>[1]) =>
        store.write((session) => session.putAlert(alert(2, over)));
      await expect(puts({ ticket: alert(1).ticket })).rejects.toMatchObject({
        code: "case-conflict",
      });
      await expect(puts({ incident: "I-0" })).rejects.toMatchObject({ code: "case-conflict" });
      expect(await store.read((session) => session.alert(alert(2).id))).toBeUndefined();
      await puts({});
    });

    it("are listed the newest first, by every filter, page by page", async () => {
      const { store } = opened();
      await putThread(store);
      await store.write(async (session) => {
        await session.putIncident(incident(2));
        await session.putAlert(alert(2, { state: { at: "sent" }, openedAt: at(1) }));
        await session.putAlert(alert(3, { incident: incident(2).id, priority: "P3" }));
        await session.putAlert(alert(4, { institution: "csirt-de" }));
      });
      await store.read(async (session) => {
        const listed = async (filter: Parameters<typeof session.alerts>[0]) =>
          (await session.alerts(filter)).map(({ id }) => Number(id.slice(-6)));
        expect(await listed({ limit: 9 })).toEqual([4, 3, 2, 1]);
        expect(await listed({ limit: 2, before: alert(3).id })).toEqual([2, 1]);
        expect(await listed({ limit: 1 })).toEqual([4]);
        expect(await listed({ limit: 9, before: "A-0" })).toEqual([]);
        expect(await listed({ limit: 9, incident: incident(2).id })).toEqual([3]);
        expect(await listed({ limit: 9, institution: "csirt-de" })).toEqual([4]);
        expect(await listed({ limit: 9, state: "sent" })).toEqual([2]);
        expect(await listed({ limit: 9, priority: "P3" })).toEqual([3]);
        expect(await listed({ limit: 9, state: "draft", priority: "P1" })).toEqual([4, 1]);
      });
    });

    it("remember what happened to them, the oldest first", async () => {
      const { store } = opened();
      await putThread(store);
      await store.write(async (session) => {
        await session.addEvent(alert().id, at(5), { type: "drafted", needs: 1, hold: null });
        await session.addEvent(alert().id, at(9), { type: "delivered", response: "250 OK" });
        await session.addEvent(alert().id, at(7), { type: "sending" });
        await session.addEvent(alert().id, at(9), { type: "timer", timer: "digest" });
      });
      expect(await store.read((session) => session.events(alert().id))).toEqual([
        { at: at(5), event: { type: "drafted", needs: 1, hold: null } },
        { at: at(7), event: { type: "sending" } },
        { at: at(9), event: { type: "delivered", response: "250 OK" } },
        { at: at(9), event: { type: "timer", timer: "digest" } },
      ]);
      const stray = store.write((session) => session.addEvent("A-0", at(1), { type: "sending" }));
      await expect(stray).rejects.toMatchObject({ code: "case-conflict" });
      expect(await store.read((session) => session.events("A-0"))).toEqual([]);
    });

    it("have one timer of a kind, and the earliest is due first", async () => {
      const { store } = opened();
      await putThread(store);
      const of = alert().id;
      await store.write(async (session) => {
        expect(await session.nextTimer()).toBeUndefined();
        await session.putAlert(alert(2));
        await session.setTimer({ alert: of, timer: "reminder", dueAt: at(50) });
        await session.setTimer({ alert: of, timer: "stop", dueAt: at(90) });
        await session.setTimer({ alert: alert(2).id, timer: "reminder", dueAt: at(20) });
        await session.setTimer({ alert: of, timer: "reminder", dueAt: at(30) });
      });
      const second = { alert: alert(2).id, timer: "reminder", dueAt: at(20) };
      const first = { alert: of, timer: "reminder", dueAt: at(30) };
      await store.read(async (session) => {
        expect(await session.nextTimer()).toBe(at(20));
        expect(await session.dueTimers(at(30), 9)).toEqual([second, first]);
        expect(await session.dueTimers(at(30), 1)).toEqual([second]);
        expect(await session.dueTimers(at(19), 9)).toEqual([]);
      });
      await store.write(async (session) => {
        await session.clearTimer(alert(2).id, "reminder");
        await session.clearTimer(of, "digest");
      });
      expect(await store.read((session) => session.dueTimers(at(99), 9))).toEqual([
        first,
        { alert: of, timer: "stop", dueAt: at(90) },
      ]);
      const stray = store.write((session) =>
        session.setTimer({ alert: "A-0", timer: "stop", dueAt: at(1) }),
      );
      await expect(stray).rejects.toMatchObject({ code: "case-conflict" });
    });
  });
}
