/** What the configuration expects of its feeds, and how collecting them stands. */
import { join } from "node:path";
import type { FeedStanding } from "../app/collect-ports.ts";
import type { WatchedFeed } from "../app/feed-watch.ts";
import { readStanding } from "../collect/depot/index.ts";
import { byCron } from "../collect/schedule/index.ts";
import type { Config, Feed } from "../config/index.ts";
import type { FeedExpectation, ToldRhythm } from "../core/measure/index.ts";

const MS_A_DAY = 86_400_000;
const MS_AN_HOUR = 3_600_000;
const MINUTES_A_DAY = 1440;

/** Ways in that are asked for the state of something: that it has not changed is an answer. */
const ASKED_FOR_STATE: readonly string[] = ["http", "misp", "taxii"];

/** The feeds of a configuration. */
export function watchedFeeds(dataDir: string, { feeds }: Config): Promise<WatchedFeed[]> {
  return Promise.all(
    Object.entries(feeds).map(async ([feed, settings]) => {
      const collected = settings.from !== undefined;
      const standing = collected ? await readStanding(join(dataDir, "collect", feed)) : undefined;
      return {
        feed,
        enabled: settings.enabled,
        collected,
        expectation: expectationOf(settings, standing),
        ...promptly(settings),
        ...(standing && { standing }),
      };
    }),
  );
}

function expectationOf(feed: Feed, standing: FeedStanding | undefined): FeedExpectation {
  const told = toldRhythm(feed);
  const way = feed.from?.way ?? "";
  return {
    ...(told && { told }),
    polled: ASKED_FOR_STATE.includes(way) && told?.by !== "times" && !saysWhen(feed),
    failing: standing?.failing !== undefined,
    taken: feed.splitByType && standing?.lastTakenAt !== undefined,
    ...(standing?.lastRunAt && { lastRun: dayOf(standing.lastRunAt) }),
  };
}

function saysWhen({ expectEveryDays, expectEveryHours }: Feed): boolean {
  return expectEveryDays !== undefined || expectEveryHours !== undefined;
}

/** When the next is due after one came, of a feed that is expected more often than daily. */
function promptly({
  expectEveryHours: hours,
  expectEveryDays,
  schedule,
}: Feed): Pick<WatchedFeed, "dueAfter"> {
  if (hours !== undefined)
    return { dueAfter: (came) => new Date(came.getTime() + hours * MS_AN_HOUR) };
  if (expectEveryDays !== undefined || !schedule || !("cron" in schedule)) return {};
  const due = byCron(schedule.cron, schedule.timeZone);
  // What is due once on some days and often on others is due by the day.
  const often = (came: Date): boolean => {
    const first = due.next(came);
    return due.next(first).getTime() - first.getTime() < MS_A_DAY;
  };
  const week = Array.from({ length: 7 }, (_, day) => new Date(day * MS_A_DAY));
  return week.every(often) ? { dueAfter: (came) => due.next(came) } : {};
}

function toldRhythm({ expectEveryDays, expectEveryHours, schedule }: Feed): ToldRhythm | undefined {
  if (expectEveryHours !== undefined) return { by: "every", days: 1 };
  if (expectEveryDays !== undefined) return { by: "every", days: expectEveryDays };
  if (schedule === undefined) return undefined;
  if ("everyMinutes" in schedule)
    return { by: "every", days: Math.ceil(schedule.everyMinutes / MINUTES_A_DAY) };
  const due = byCron(schedule.cron, schedule.timeZone);
  return {
    by: "times",
    dueOn: (day) => due.next(new Date(day * MS_A_DAY - 1)).getTime() < (day + 1) * MS_A_DAY,
  };
}

function dayOf(time: string): number {
  return Math.floor(Date.parse(time) / MS_A_DAY);
}
