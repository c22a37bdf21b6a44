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
