import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dayText,
  type FeedExpectation,
  type FeedGap,
  type FeedRecord,
  judgeFeed,
  parseDay,
} from "./index.ts";

/** A Friday. */
const first = parseDay("2024-03-01")!;

/** A feed whose file of each of these days was stored the day after; `[offset, observations]`. */
function daily(days: readonly (readonly [at: number, rows: number])[], gaps: FeedGap[] = []) {
  const nothing = { batches: 0, rows: 0, kept: 0, duplicate: 0, refused: 0, skipped: 0 };
  return {
    feed: "sinkhole",
    days: days.map(([at, observations]) => ({
      day: first + at,
      observations,
      ...nothing,
      firstStored: null,
      lastStored: null,
    })),
    spans: days.map(([at]) => ({ stored: first + at + 1, first: first + at, last: first + at })),
    unmapped: [],
    gaps,
  } satisfies FeedRecord;
}

const upTo = (count: number, without: readonly number[] = [], rows = 100) =>
  Array.from({ length: count }, (_, at) => [at, rows] as const).filter(
    ([at]) => !without.includes(at),
  );

const everyDay: FeedExpectation = { told: { by: "every", days: 1 } };

function gapsOf(gaps: readonly FeedGap[]): [at: number, state: string][] {
  return gaps.map(({ day, state }) => [day - first, state]);
}

describe("a feed", () => {
  it("never came, and is at rest under its own name where files are stored under others", () => {
    const none = { ...daily([]), days: [] };
    expect(judgeFeed(none, {}, first).state).toBe("never");
    expect(judgeFeed(none, { taken: true }, first).state).toBe("ok");
  });

  it("that came every day is ok, on the day of its next file too", () => {
    const health = judgeFeed(daily(upTo(30)), {}, first + 30);
    expect(health).toMatchObject({ state: "ok", rhythm: "learnt", gaps: [], lagDays: 1 });
    expect(judgeFeed(daily(upTo(30)), {}, first + 31).state).toBe("ok");
  });

  it("is late for a day of grace, then down", () => {
    const record = daily(upTo(30));
    const late = judgeFeed(record, {}, first + 32);
    expect([late.state, gapsOf(late.gaps)]).toEqual(["late", [[30, "late"]]]);
    const down = judgeFeed(record, {}, first + 33);
    expect([down.state, gapsOf(down.gaps)]).toEqual([
      "down",
      [
        [30, "down"],
        [31, "late"],
      ],
    ]);
  });

  it("has a gap where a file is missing in the middle, and is ok now", () => {
    const health = judgeFeed(daily(upTo(30, [12, 13])), {}, first + 30);
    expect([health.state, gapsOf(health.gaps)]).toEqual([
      "ok",
      [
        [12, "down"],
        [13, "down"],
      ],
    ]);
  });

  it("has no gap on a day of which a file tells that nothing was", () => {
    const record = daily(upTo(30, [12]));
    const wide = { stored: first + 30, first: first + 11, last: first + 13 };
    expect(judgeFeed({ ...record, spans: [...record.spans, wide] }, {}, first + 30).gaps).toEqual(
      [],
    );
    const stray = { stored: first + 30, first: first - 900, last: first + 29 };
    const withStray = { ...record, spans: [...record.spans, stray] };
    expect(gapsOf(judgeFeed(withStray, {}, first + 30).gaps)).toEqual([[12, "down"]]);
  });

  it("lasts no longer for one row with a wrong clock, and forgets the gaps that such a row made", () => {
    const record = daily([...upTo(30, [12]), [4900, 1]]);
    const [of] = record.spans;
    const spans = [{ ...of!, last: first + 4900 }, ...record.spans.slice(1, -1)];
    const noted = [{ day: first + 900, state: "down", why: "nothing-came" }] as const;
    const health = judgeFeed({ ...record, spans, gaps: noted }, {}, first + 30);
    expect(health.lastDay).toBe(first + 29);
    expect(health).toMatchObject({ state: "ok", usualLagDays: 1 });
    expect(gapsOf(health.gaps)).toEqual([[12, "down"]]);
    const early = daily([[-4900, 1], ...upTo(30)]);
    expect(judgeFeed(early, {}, first + 30)).toMatchObject({ state: "ok", gaps: [] });
  });

  it("that was read in long after takes a file without rows for no news", () => {
    const record = daily(upTo(30));
    const stored = first + 4900;
    const spans = record.spans.map((span) => ({ ...span, stored }));
    const repeated = { stored, first: 0, last: 0 };
    const health = judgeFeed({ ...record, spans: [...spans, repeated] }, {}, stored);
    expect(health.lastDay).toBe(first + 29);
    expect(health).toMatchObject({ state: "ok", gaps: [] });
  });

  it("that begins again after a long rest has begun again", () => {
    const record = daily([...upTo(60), [200, 100]]);
    expect(judgeFeed(record, everyDay, first + 201).lastDay).toBe(first + 200);
  });

  it("that tells nothing on weekends is not missed then", () => {
    const weekdays = upTo(40).filter(([at]) => ![1, 2].includes(at % 7));
    expect(judgeFeed(daily(weekdays), {}, first + 40)).toMatchObject({
      gaps: [],
      rhythm: "learnt",
    });
    const health = judgeFeed(daily(weekdays.filter(([at]) => at !== 17)), {}, first + 40);
    expect(gapsOf(health.gaps)).toEqual([[17, "down"]]);
    expect(health.expected(first + 1)).toBe(false);
    expect(health.expected(first + 3)).toBe(true);
  });

  it("is missed as the operator says, from the first days on", () => {
    expect(gapsOf(judgeFeed(daily(upTo(5, [2])), everyDay, first + 5).gaps)).toEqual([[2, "down"]]);
    const weekly: FeedExpectation = { told: { by: "every", days: 7 } };
    expect(judgeFeed(daily(upTo(12, [2, 3, 4, 5, 6, 7])), weekly, first + 12).gaps).toEqual([]);
    const long = judgeFeed(daily(upTo(12, [2, 3, 4, 5, 6, 7, 8])), weekly, first + 12);
    expect(long.gaps.length).toBe(7);
  });

  it("that is due at times is missing on all days since the time before", () => {
    const told = { by: "times", dueOn: (day: number) => (day - first) % 7 === 0 } as const;
    const sundays = [6, 13, 27].map((at) => [at, 50] as const);
    const health = judgeFeed(daily(sundays), { told }, first + 28);
    expect(gapsOf(health.gaps)).toEqual([14, 15, 16, 17, 18, 19, 20].map((at) => [at, "down"]));
  });

  it("that was asked and had nothing new is quiet, and not down", () => {
    const record = daily(upTo(30));
    const asked = { ...everyDay, polled: true, lastRun: first + 40 };
    const health = judgeFeed(record, asked, first + 40);
    expect([health.state, health.gaps]).toEqual(["quiet", []]);
    const failing = judgeFeed(record, { ...asked, failing: true }, first + 40);
    expect(failing.state).toBe("down");
    expect(failing.gaps[0]).toMatchObject({ why: "collecting-failed" });
  });

  it("whose files tell of a week is waited for as long", () => {
    const record = daily(upTo(42));
    const weekly = [6, 13, 20, 27, 34, 41].map((at) => ({
      stored: first + at + 1,
      first: first + at - 6,
      last: first + at,
    }));
    expect(judgeFeed({ ...record, spans: weekly }, {}, first + 49).state).toBe("late");
    expect(judgeFeed({ ...record, spans: weekly }, {}, first + 51).state).toBe("down");
    expect(judgeFeed({ ...record, spans: weekly.slice(-1) }, {}, first + 49).state).toBe("ok");
  });

  it("without a rhythm is quiet after a week", () => {
    expect(judgeFeed(daily(upTo(2)), {}, first + 9)).toMatchObject({
      state: "ok",
      rhythm: "unknown",
    });
    expect(judgeFeed(daily(upTo(2)), {}, first + 10).state).toBe("quiet");
  });

  it("dropped when a whole day has less than half of the median", () => {
    const steady = [...upTo(28), [28, 49]] as const;
    expect(judgeFeed(daily([...steady, [29, 100]]), {}, first + 31).state).toBe("ok");
    const health = judgeFeed(daily(steady), {}, first + 30);
    expect(health).toMatchObject({ state: "dropped", volume: { observations: 49, median: 100 } });
    expect(judgeFeed(daily([...upTo(28), [28, 50]]), {}, first + 30).state).toBe("ok");
    expect(judgeFeed(daily(steady), {}, first + 29).state).toBe("ok");
  });

  it("keeps a gap that was noted when its rhythm is forgotten, and gives it up when the late file comes", () => {
    const noted: FeedGap = { day: first + 4, state: "down", why: "collecting-failed" };
    expect(judgeFeed(daily(upTo(6, [4]), [noted]), {}, first + 6).gaps).toEqual([noted]);
    expect(judgeFeed(daily(upTo(6), [noted]), {}, first + 6).gaps).toEqual([]);
    const lateOne: FeedGap = { ...noted, state: "late" };
    expect(judgeFeed(daily(upTo(6, [4]), [lateOne]), {}, first + 6).gaps).toEqual([]);
  });

  it("has ended when it was silent for a year", () => {
    const { gaps } = judgeFeed(daily(upTo(60)), {}, first + 4000);
    expect(gaps.length).toBe(366);
    expect(dayText(gaps[0]!.day)).toBe("2024-04-30");
  });

  it("has no gap on a day of which it told, whatever came and is expected", () => {
    const days = fc.uniqueArray(fc.nat(90), { maxLength: 90 });
    const told = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    fc.assert(
      fc.property(days, told, fc.nat(140), (offsets, every, today) => {
        const came = offsets.filter((at) => at < today).sort((a, b) => a - b);
        const record = daily(came.map((at) => [at, 10]));
        const expectation = every ? { told: { by: "every" as const, days: every } } : {};
        const { gaps } = judgeFeed(record, expectation, first + today);
        for (const { day } of gaps) expect(came).not.toContain(day - first);
        for (const { day } of gaps) expect(day).toBeLessThan(first + today);
        const again = judgeFeed({ ...record, gaps }, expectation, first + today);
        expect(again.gaps).toEqual(gaps);
      }),
    );
  });
});
