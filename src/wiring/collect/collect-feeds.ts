import { join } from "node:path";
import {
  collect,
  type CollectedFeed,
  type CollectEvent,
  type CollectSummary,
  dueAt,
  type Priority,
} from "../../app/collect/index.ts";
import type { Schedule, StopSignal } from "../../app/collect-ports.ts";
import type { GiveWay } from "../../app/ingest-report.ts";
import type { CollectOptions, FeedListing, Workbench } from "../../cli/index.ts";
import { openDepot, readStanding } from "../../collect/depot/index.ts";
import { stirIn } from "../../collect/directory/index.ts";
import { byCron, everyMinutes } from "../../collect/schedule/index.ts";
import { abortSignalOf } from "../../collect/shared/stop.ts";
import type { Config, Feed, From } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import { sleep } from "../sleep.ts";
import { MANNERS, openCollector } from "./open-collector.ts";

/** When a feed is collected that does not say when. */
const HOURLY = { everyMinutes: 60 };

/** How often it is looked at how the feeds are, while files come in: many small ones a minute are usual. */
const WATCH_EVERY_MS = 60_000;

/** A feed of the configuration that says where it comes from. */
type FeedWithFrom = Feed & { readonly from: From };

/** Collects the feeds that were asked for, or all that are enabled, and ingests what they deliver. */
export async function collectFeeds(
  bench: Workbench,
  options: CollectOptions,
  now: () => Date,
  onEvent: (event: CollectEvent) => void,
  signal: AbortSignal,
): Promise<CollectSummary> {
  const wanted = wantedFeeds(bench.config, options.feeds);
  // Whoever has the store owns the data directory, and with it the journals.
  await bench.store();
  const feeds: CollectedFeed[] = [];
  try {
    for (const [name, feed] of wanted) feeds.push(await openFeed(bench, name, feed, now));
    if (options.retryUnread) for (const { depot } of feeds) await depot.tryAgain();
    const { spoolBytes, fetches } = bench.config.collect;
    const watch = everyNowAndThen(() => bench.feedStatus());
    const ingest = async (
      name: string,
      deliveries: readonly { readonly path: string }[],
      stop: StopSignal,
      giveWay: GiveWay,
    ) => {
      const summary = await ingestDeliveries(bench, name, deliveries, abortSignalOf(stop), giveWay);
      await watch();
      return summary;
    };
    const summary = await collect(
      { now, random: Math.random, sleep, stopper, ingest, onEvent },
      {
        feeds,
        once: options.once,
        asked: new Set(options.feeds),
        spoolBytes,
        fetches,
        signal,
      },
    );
    await bench.feedStatus();
    return summary;
  } finally {
    for (const { depot } of feeds) await depot.close();
  }
}

/** The feeds that are collected, and how that stands; whoever owns the data directory is not disturbed. */
export async function listFeeds(bench: Workbench, now: Date): Promise<FeedListing[]> {
  const feeds = Object.entries(bench.config.feeds).filter(hasFrom);
  return Promise.all(
    feeds.map(async ([name, feed]) => {
      const standing = await readStanding(folderOf(bench, name));
      const { manner } = MANNERS[feed.from.way];
      const due = dueAt({ depot: { standing }, schedule: scheduleOf(feed), manner }, now);
      const { from, enabled, priority, format } = feed;
      return {
        feed: name,
        way: from.way,
        format,
        enabled,
        priority,
        tlp: feed.tlp ?? null,
        about: feed.about ?? null,
        schedule: manner === "listens" ? null : (feed.schedule ?? HOURLY),
        dueAt: enabled && manner === "polls" ? due.toISOString() : null,
        lastRunAt: standing.lastRunAt ?? null,
        lastTakenAt: standing.lastTakenAt ?? null,
        deliveries: standing.deliveries,
        bytes: standing.bytes,
        waiting: standing.waiting,
        unread: standing.unread,
        failing: standing.failing ?? null,
      };
    }),
  );
}

function wantedFeeds(config: Config, asked: readonly string[]): [string, FeedWithFrom][] {
  const feeds = Object.entries(config.feeds).filter(hasFrom);
  for (const name of asked)
    if (!feeds.some(([feed]) => feed === name))
      throw new Fault(
        "feed-unknown",
        `tocsin.yaml has no feed "${name}" that says where it is from`,
      );
  const wanted = feeds.filter(([name, { enabled }]) =>
    asked.length > 0 ? asked.includes(name) : enabled,
  );
  if (wanted.length > 0) return wanted;
  throw new Fault("feed-unknown", "no feed in tocsin.yaml says where it is to be collected from");
}

function hasFrom(entry: [string, Feed]): entry is [string, FeedWithFrom] {
  return entry[1].from !== undefined;
}

async function openFeed(
  bench: Workbench,
  name: string,
  feed: FeedWithFrom,
  now: () => Date,
): Promise<CollectedFeed> {
  const { manner, unjournaled } = MANNERS[feed.from.way];
  const schedule = scheduleOf(feed);
  const remembers = manner === "polls";
  return {
    name,
    manner,
    schedule,
    priority: Number(feed.priority.slice(1)) as Priority,
    keepDays: feed.keepDays,
    depot: await openDepot({ dir: folderOf(bench, name), unjournaled, remembers, now }),
    ...stirOf(feed.from),
    open: () => openCollector(feed.from),
  };
}

function stirOf(from: From): Pick<CollectedFeed, "stir"> {
  return from.way === "directory" ? { stir: () => stirIn(from.path, from.recursive) } : {};
}

function folderOf({ dataDir }: Workbench, feed: string): string {
  return join(dataDir, "collect", feed);
}

function scheduleOf({ schedule = HOURLY }: Feed): Schedule {
  if ("cron" in schedule) return byCron(schedule.cron, schedule.timeZone);
  return everyMinutes(schedule.everyMinutes);
}

async function ingestDeliveries(
  bench: Workbench,
  name: string,
  deliveries: readonly { readonly path: string }[],
  signal: AbortSignal,
  giveWay: GiveWay,
): ReturnType<Workbench["ingest"]> {
  const { format, splitByType } = bench.config.feeds[name]!;
  const options = { ...(splitByType ? { format } : { feed: name }), giveWay, watch: false };
  const paths = deliveries.map(({ path }) => path);
  return bench.ingest(paths, options, () => undefined, signal);
}

/** Does it at most once a minute, however often it is asked for. */
function everyNowAndThen(act: () => Promise<unknown>): () => Promise<void> {
  let last = -Infinity;
  return async () => {
    if (performance.now() - last < WATCH_EVERY_MS) return;
    await act();
    last = performance.now();
  };
}

function stopper(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, stop: () => controller.abort() };
}
