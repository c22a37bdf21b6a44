import { describe, expect, it } from "vitest";
import type { CaseStore } from "../../../src/app/case-ports.ts";
import { alert, at, closed, finding, incident, institution, keyOf } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { useCases } from "./use-cases.ts";

/** Findings and the incidents that they are in. */
export function describeIncidents(open: OpenEmptyCases): void {
  describe("findings", () => {
    const opened = useCases(open);

    it("are fresh once, and replaced in their facts after that", async () => {
      const { store } = opened();
      const put = (...all: Parameters<typeof finding>[]) =>
        store.write((session) => session.putFindings(all.map((one) => finding(...one))));
      expect(await put([1], [2])).toEqual({ fresh: new Set([keyOf(1), keyOf(2)]) });
      const again = await put([2, { lastSeen: at(99), confidence: 80 }], [3], [1]);
      expect(again).toEqual({ fresh: new Set([keyOf(3)]) });
      await store.read(async (session) => {
        const facts = { ...finding(2), lastSeen: at(99), confidence: 80 };
        expect(await session.finding(keyOf(2))).toEqual({ ...facts, state: "open", episode: 1 });
        expect(await session.finding(keyOf(4))).toBeUndefined();
      });
    });

    it("that come twice in one call count once, as they came last", async () => {
      const { store } = opened();
      const { fresh } = await store.write((session) =>
        session.putFindings([finding(1), finding(2), finding(1, { port: 443 })]),
      );
      expect(fresh).toEqual(new Set([keyOf(1), keyOf(2)]));
      expect(await store.read((session) => session.finding(keyOf(1)))).toMatchObject({ port: 443 });
    });

    it.each(["0000000000000000", "7fffffffffffffff", "8000000000000000", "ffffffffffffffff"])(
      "have any 64 bits for a key: %s",
      async (key) => {
        const { store } = opened();
        await store.write(async (session) => {
          expect(await session.putFindings([finding(1, { key })])).toEqual({
            fresh: new Set([key]),
          });
          await session.putIncident(incident());
          expect(await session.joinFindings(incident().id, [key], at(1))).toBe(1);
        });
        await store.read(async (session) => {
          expect(await session.findingsOf(incident().id, { limit: 9 })).toMatchObject([{ key }]);
          expect(await session.incidentsOf(key)).toEqual([incident()]);
        });
      },
    );

    it("are taken by the thousand", async () => {
      const { store } = opened();
      const many = Array.from({ length: 5_000 }, (_, number) => finding(number));
      const keys = many.map(({ key }) => key);
      const { fresh } = await store.write((session) => session.putFindings(many));
      expect(fresh).toEqual(new Set(keys));
      const joined = await store.write(async (session) => {
        await session.putIncident(incident());
        return session.joinFindings(incident().id, keys, at(1));
      });
      expect(joined).toBe(5_000);
      const page = await store.read((session) =>
        session.findingsOf(incident().id, { offset: 4_990, limit: 20 }),
      );
      expect(page.map(({ key }) => key)).toEqual(keys.slice(4_990));
    });

    it("are none, and nothing happens", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        expect(await session.putFindings([])).toEqual({ fresh: new Set() });
        await session.putIncident(incident());
        expect(await session.joinFindings(incident().id, [], at(1))).toBe(0);
      });
    });

    it("have cursors by name", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        await session.setCursor("a", "1");
        await session.setCursor("b", "2");
        await session.setCursor("a", "3");
      });
      await store.read(async (session) => {
        expect(await session.cursor("a")).toBe("3");
        expect(await session.cursor("b")).toBe("2");
        expect(await session.cursor("c")).toBeUndefined();
      });
    });
  });

  describe("incidents", () => {
    const opened = useCases(open);

    it("are given back as they were put, open and closed", async () => {
      const { store } = opened();
      await store.write((session) => session.putIncident(incident()));
      expect(await store.read((session) => session.incident(incident().id))).toEqual(incident());
      const over = incident(1, { state: closed, findings: 4, updatedAt: at(900), assignee: "li" });
      await store.write((session) => session.putIncident(over));
      expect(await store.read((session) => session.incident(incident().id))).toEqual(over);
      expect(await store.read((session) => session.incident("I-0"))).toBeUndefined();
    });

    it("are open once a key, and again when the one before is closed", async () => {
      const { store } = opened();
      const first = incident(1, { key: "k" });
      const second = incident(2, { key: "k" });
      await store.write((session) => session.putIncident(first));
      await expect(store.write((session) => session.putIncident(second))).rejects.toMatchObject({
        code: "case-conflict",
      });
      await store.write(async (session) => {
        await session.putIncident({ ...first, state: closed });
        expect(await session.openIncident("k")).toBeUndefined();
        await session.putIncident(second);
        await session.putIncident({ ...second, priority: "P2" });
      });
      await store.read(async (session) => {
        expect(await session.openIncident("k")).toEqual({ ...second, priority: "P2" });
        expect(await session.openIncident("other")).toBeUndefined();
      });
    });

    it("are listed the newest first, by every filter, page by page", async () => {
      const { store } = opened();
      const all = [
        incident(1, { priority: "P2" }),
        incident(2, { state: closed }),
        incident(3, { institution: "as-64501", openedAt: at(2) }),
        incident(4, { assignee: "li" }),
        incident(5, { threat: "web-backdoor", openedAt: at(0) }),
      ];
      await store.write(async (session) => {
        for (const one of all) await session.putIncident(one);
      });
      const listed = async (filter: Parameters<typeof numbersOf>[1]) => numbersOf(store, filter);
      expect(await listed({ limit: 9 })).toEqual([4, 3, 2, 1, 5]);
      expect(await listed({ limit: 2 })).toEqual([4, 3]);
      expect(await listed({ limit: 2, before: all[2]!.id })).toEqual([2, 1]);
      expect(await listed({ limit: 9, before: all[4]!.id })).toEqual([]);
      expect(await listed({ limit: 9, before: "I-nothing" })).toEqual([]);
      expect(await listed({ limit: 9, state: "open" })).toEqual([4, 3, 1, 5]);
      expect(await listed({ limit: 9, state: "closed" })).toEqual([2]);
      expect(await listed({ limit: 9, institution: "as-64501" })).toEqual([3]);
      expect(await listed({ limit: 9, priority: "P2" })).toEqual([1]);
      expect(await listed({ limit: 9, assignee: "li" })).toEqual([4]);
      expect(await listed({ limit: 9, threat: "web-backdoor" })).toEqual([5]);
      expect(await listed({ limit: 9, state: "open", before: all[3]!.id, priority: "P1" })).toEqual(
        [3, 5],
      );
    });

    it("have each finding once, in the order of joining", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        await session.putFindings([1, 2, 3, 4].map((number) => finding(number)));
        await session.putIncident(incident(1));
        await session.putIncident(incident(2));
        const join = (keys: number[], seconds: number) =>
          session.joinFindings(incident(1).id, keys.map(keyOf), at(seconds));
        expect(await join([3, 1, 3], 10)).toBe(2);
        expect(await join([1, 4, 2], 20)).toBe(2);
        expect(await join([1, 4], 30)).toBe(0);
        expect(await session.joinFindings(incident(2).id, [keyOf(4)], at(30))).toBe(1);
      });
      await store.read(async (session) => {
        const of = async (page: { since?: string; offset?: number; limit: number }) =>
          (await session.findingsOf(incident(1).id, page)).map(({ key }) => key);
        expect(await of({ limit: 9 })).toEqual([3, 1, 4, 2].map(keyOf));
        expect(await of({ limit: 2, offset: 1 })).toEqual([1, 4].map(keyOf));
        expect(await of({ limit: 9, since: at(20) })).toEqual([4, 2].map(keyOf));
        expect(await of({ limit: 1, offset: 1, since: at(20) })).toEqual([2].map(keyOf));
        expect(await session.findingsOf("I-0", { limit: 9 })).toEqual([]);
        expect(await session.incidentsOf(keyOf(4))).toEqual([incident(1), incident(2)]);
        expect(await session.incidentsOf(keyOf(9))).toEqual([]);
      });
    });

    it("refuse findings that are not there, and findings refuse incidents that are not", async () => {
      const { store } = opened();
      await store.write((session) => session.putIncident(incident()));
      const joins = (id: string, key: string) =>
        store.write(async (session) => {
          await session.putFindings([finding(1)]);
          await session.joinFindings(id, [key], at(1));
        });
      await expect(joins(incident().id, keyOf(2))).rejects.toMatchObject({ code: "case-conflict" });
      await expect(joins("I-0", keyOf(1))).rejects.toMatchObject({ code: "case-conflict" });
      expect(await store.read((session) => session.finding(keyOf(1)))).toBeUndefined();
    });

    it("are tallied by institution while they are open, with distinct findings", async () => {
      const { store } = opened();
      await store.write(async (session) => {
        const us = institution();
        const de = institution({ id: "csirt-de", country: "DE" });
        await session.changeDirectory([
          { of: "institution", before: null, after: us },
          { of: "institution", before: null, after: de },
        ]);
        await session.putFindings([1, 2, 3, 4, 5].map((number) => finding(number)));
        await session.putIncident(incident(1));
        await session.putIncident(incident(2));
        await session.putIncident(incident(3, { institution: de.id, side: "victim" }));
        await session.putIncident(incident(4, { institution: de.id, state: closed }));
        await session.putIncident(incident(5, { institution: "gone" }));
        const join = (of: number, ...keys: number[]) =>
          session.joinFindings(incident(of).id, keys.map(keyOf), at(9));
        await join(1, 1, 2);
        await join(2, 2, 3);
        await join(3, 4);
        await join(4, 5);
        for (const [number, of] of [
          [1, 1],
          [2, 2],
          [3, 2],
          [4, 4],
        ] as const)
          await session.putAlert(alert(number, { incident: incident(of).id }));
      });
      await store.read(async (session) => {
        const us = { institution: "as-64500", country: "US", alerts: 3, findings: 3 };
        const de = { institution: "csirt-de", country: "DE", alerts: 0, findings: 1 };
        const gone = { institution: "gone", country: "", alerts: 0, findings: 0 };
        expect(await session.tally()).toEqual([us, de, gone]);
        expect(await session.tally("origin")).toEqual([us, gone]);
        expect(await session.tally("victim")).toEqual([de]);
      });
    });
  });
}

async function numbersOf(
  store: CaseStore,
  filter: Parameters<Parameters<Parameters<CaseStore["read"]>[0]>[0]["incidents"]>[0],
): Promise<number[]> {
  const rows = await store.read((session) => session.incidents(filter));
  return rows.map(({ id }) => Number(id.slice(-6)));
}
