import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseConfig } from "../config/index.ts";
import { parseDay } from "../core/measure/index.ts";
import { watchedFeeds } from "./feed-expectations.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tocsin-expect-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function expectationOf(feed: string) {
  const [watched] = await watchedFeeds(dir, parseConfig(`home: [CN]\nfeeds: { a: ${feed} }`, "x"));
  return watched!.expectation;
}

describe("watchedFeeds", () => {
  it("takes the operator's word before the schedule, and learns where there is neither", async () => {
    const schedule = "schedule: { everyMinutes: 60 }";
    const from = 'from: { way: http, url: "https://feeds.example/a" }';
    expect(await expectationOf(`{ expectEveryDays: 3, ${schedule} }`)).toMatchObject({
      told: { by: "every", days: 3 },
    });
    expect(await expectationOf(`{ ${schedule}, ${from} }`)).toMatchObject({
      told: { by: "every", days: 1 },
      polled: true,
    });
    expect(await expectationOf("{}")).not.toHaveProperty("told");
    expect((await expectationOf(`{ expectEveryDays: 3, ${from} }`)).polled).toBe(false);
  });

  it("knows when the next is due of a feed that comes more often than daily", async () => {
    const dueAfter = async (feed: string, came: string) => {
      const [watched] = await watchedFeeds(
        dir,
        parseConfig(`home: [CN]\nfeeds: { a: ${feed} }`, "x"),
      );
      return watched!.dueAfter?.(new Date(came)).toISOString();
    };
    const twice = '{ schedule: { cron: "15 6,18 * * *" } }';
    expect(await dueAfter(twice, "2024-03-01T06:16:00Z")).toBe("2024-03-01T18:15:00.000Z");
    const hours = "{ expectEveryHours: 2, schedule: { everyMinutes: 5 } }";
    expect(await dueAfter(hours, "2024-03-01T06:16:00Z")).toBe("2024-03-01T08:16:00.000Z");
    for (const slow of [
      '{ schedule: { cron: "15 6 * * *" } }',
      "{ schedule: { everyMinutes: 5 } }",
      "{}",
    ])
      expect(await dueAfter(slow, "2024-03-01T06:16:00Z")).toBeUndefined();
    const { told } = await expectationOf("{ expectEveryHours: 2 }");
    expect(told).toEqual({ by: "every", days: 1 });
  });

  it("knows the UTC days of a cron pattern in its own time zone", async () => {
    // Mondays in the early morning of Auckland are Sundays in UTC.
    const { told } = await expectationOf(
      '{ schedule: { cron: "0 6 * * 1", timeZone: Pacific/Auckland } }',
    );
    if (told?.by !== "times") throw new TypeError("expected times");
    const days = ["2024-03-02", "2024-03-03", "2024-03-04", "2024-03-10"];
    expect(days.map((day) => told.dueOn(parseDay(day)!))).toEqual([false, true, false, true]);
  });
});
