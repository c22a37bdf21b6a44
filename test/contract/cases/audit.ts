import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseStore } from "../../../src/app/case-ports.ts";
import { at } from "./samples.ts";
import type { OpenEmptyCases } from "./stores.ts";
import { useCases } from "./use-cases.ts";

/** What somebody with access to the tables could do, and the first line that does not fit then. */
const TAMPERINGS: readonly (readonly [what: string, statement: string, broken: number])[] = [
  ["a line is changed", "update audit set actor = 'wang' where number = 4", 4],
  ["what was before is changed", "update audit set before = '{}' where number = 2", 2],
  ["a hash is changed", "update audit set hash = 'ab' where number = 5", 5],
  ["the first line is removed", "delete from audit where number = 1", 1],
  ["a line is removed", "delete from audit where number = 6", 6],
  ["the end is cut off", "delete from audit where number > 7", 8],
  ["all is removed", "delete from audit", 1],
  [
    "a line is removed and the others moved up",
    "delete from audit where number = 3; update audit set number = number - 1 where number > 3",
    3,
  ],
  [
    "two lines change places",
    "update audit set number = -1 where number = 8; update audit set number = 8 where number = 9; update audit set number = 9 where number = -1",
    8,
  ],
  [
    "a line is added",
    "insert into audit select number + 1, at, actor, action, subject, before, after, hash from audit where number = 10",
    11,
  ],
  ["a line is put before the first", "update audit set number = 0 where number = 10", 1],
];

/** The log of who did what. */
export function describeAudit(open: OpenEmptyCases): void {
  describe("the audit log", () => {
    const opened = useCases(open);

    it("has nothing that could be broken at first", async () => {
      const { store } = opened();
      expect(await store.verifyAudit()).toEqual({ lines: 0, broken: null });
    });

    it("gives back its lines, numbered without gaps", async () => {
      const { store } = opened();
      await fill(store, 3);
      const failing = store.write(async (session) => {
        await session.audit({ at: at(9), actor: "li", action: "a", subject: "b" });
        throw new RangeError("no");
      });
      await expect(failing).rejects.toThrow("no");
      await fill(store, 1);
      const trail = await store.read((session) => session.auditTrail({ limit: 9 }));
      expect(trail.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(trail[1]).toEqual({
        number: 2,
        at: at(1),
        actor: "li",
        action: "alert.approved",
        subject: "alert:1",
        before: { state: 1, deep: [null, { z: "日本", a: 1.5 }] },
        after: null,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      expect(await store.verifyAudit()).toEqual({ lines: 4, broken: null });
    });

    it("is listed by subject and from a line on", async () => {
      const { store } = opened();
      await fill(store, 5);
      await store.read(async (session) => {
        const numbers = async (filter: Parameters<typeof session.auditTrail>[0]) =>
          (await session.auditTrail(filter)).map(({ number }) => number);
        expect(await numbers({ limit: 2 })).toEqual([1, 2]);
        expect(await numbers({ limit: 2, after: 2 })).toEqual([3, 4]);
        expect(await numbers({ limit: 9, subject: "alert:1" })).toEqual([2, 4]);
        expect(await numbers({ limit: 9, subject: "alert:1", after: 2 })).toEqual([4]);
      });
    });

    it("is whole whatever was written of before and after", async () => {
      const { store } = opened();
      await fc.assert(
        fc.asyncProperty(
          fc.jsonValue(),
          fc.jsonValue(),
          fc.string(),
          async (before, after, who) => {
            await store.write((session) =>
              session.audit({ at: at(1), actor: who, action: "a", subject: "b", before, after }),
            );
            expect(await store.verifyAudit()).toMatchObject({ broken: null });
          },
        ),
        { numRuns: 60 },
      );
    });

    it.each(TAMPERINGS)("tells which line is broken when %s", async (_, statement, broken) => {
      const { store, sql } = opened();
      if (!sql) return;
      await fill(store, 10);
      await sql(statement);
      expect(await store.verifyAudit()).toMatchObject({ broken });
    });

    it("stays broken when lines are added after its end was cut off", async () => {
      const { store, sql } = opened();
      if (!sql) return;
      await fill(store, 10);
      await sql("delete from audit where number > 7");
      await fill(store, 2);
      expect(await store.verifyAudit()).toEqual({ lines: 7, broken: 8 });
    });

    it("is followed over any length", async () => {
      const { store } = opened();
      await fill(store, 1_100);
      expect(await store.verifyAudit()).toEqual({ lines: 1_100, broken: null });
    });
  });
}

async function fill(store: CaseStore, lines: number): Promise<void> {
  await store.write(async (session) => {
    for (let line = 0; line < lines; line++)
      await session.audit({
        at: at(line),
        actor: "li",
        action: "alert.approved",
        subject: `alert:${line % 2}`,
        before: { state: line, deep: [null, { z: "日本", a: 1.5 }] },
      });
  });
}
