import { describe, expect, it } from "vitest";
import { collectFrom, depotIn } from "../../../test/collect/bench.ts";
import { Fault } from "../../core/fault.ts";
import { type Collector, type CollectRun, FeedFault, type Taken } from "../collect-ports.ts";
import type { FileSummary, IngestSummary } from "../ingest-report.ts";
import { collect, type CollectJob } from "./collect.ts";
import type { CollectEvent } from "./collect-report.ts";
import type { CollectedFeed, CollectTools } from "./collected-feed.ts";
import { dueAt } from "./feed-loop.ts";

const START = Date.parse("2024-03-01T00:00:00Z");
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A world in which whoever sleeps is woken at once, and it is later. */
class World implements CollectTools {
  time = Date.now();
  readonly events: CollectEvent[] = [];
  readonly slept: number[] = [];
  ingest: CollectTools["ingest"] = async (_feed, deliveries) => summaryOf(deliveries);
  now = () => new Date(this.time);
  random = () => 0.5;
  onEvent = (event: CollectEvent) => void this.events.push(event);

  sleep = async (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.time += ms;
    await turn();
  };

  stopper() {
    const controller = new AbortController();
    return { signal: controller.signal, stop: () => controller.abort() };
  }
}

const counts = { rows: 10, kept: 8, duplicate: 1, refused: 1, skipped: 0 };

function summaryOf(
  deliveries: readonly { path: string }[],
  more: Partial<FileSummary> = {},
  interrupted = false,
): IngestSummary {
  const named = { feed: "f", format: "t", type: "t", outcome: "stored", notes: [] } as const;
  const files = deliveries.map(({ path }) => ({ path, ...named, ...counts, ...more }));
  const run = { reasons: {}, skips: {}, samples: [], seconds: 0, dryRun: false, interrupted };
  return { files, ...counts, ...run };
}

/** A feed that gives these, one at a time. */
async function feedOf(
  name: string,
  priority: CollectedFeed["priority"],
  give: (run: CollectRun) => AsyncIterable<Taken>,
  more: Partial<CollectedFeed> = {},
): Promise<CollectedFeed> {
  const collector: Collector = { manner: "polls", unjournaled: "dropped", collect: give };
  return {
    name,
    priority,
    manner: "polls",
    schedule: { next: (after) => new Date(after.getTime() + 60_000) },
    keepDays: 7,
    depot: await depotIn(),
    open: async () => collector,
    ...more,
  };
}

const files = (...names: string[]) =>
  async function* (run: CollectRun): AsyncGenerator<Taken> {
    for (const name of names)
      if (!run.known(name))
        yield { deliveries: [await run.spool.put({ id: name, name }, [Buffer.from("12345678")])] };
  };

const failing = (error: Error) =>
  async function* (): AsyncGenerator<Taken> {
    yield* await Promise.reject<Taken[]>(error);
  };

const run = (world: World, feeds: readonly CollectedFeed[], more: Partial<CollectJob> = {}) =>
  collect(world, {
    feeds,
    once: true,
    asked: new Set(),
    spoolBytes: 1000,
    fetches: 4,
    signal: new AbortController().signal,
    ...more,
  });

describe("collecting once", () => {
  it("takes what is due, ingests it, and takes it no more", async () => {
    const world = new World();
    const feed = await feedOf("a", 2, files("one", "two"));
    const { feeds, interrupted } = await run(world, [feed]);
    expect(interrupted).toBe(false);
    expect(feeds).toEqual([
      {
        feed: "a",
        outcome: "collected",
        deliveries: 2,
        bytes: 16,
        rows: 20,
        kept: 16,
        duplicate: 2,
        refused: 2,
        skipped: 0,
        unread: 0,
      },
    ]);
    expect((await run(world, [feed])).feeds).toMatchObject([{ outcome: "not-due" }]);
    const asked = await run(world, [feed], { asked: new Set(["a"]) });
    expect(asked.feeds).toMatchObject([{ outcome: "collected", deliveries: 0 }]);
    world.time += 61_000;
    expect((await run(world, [feed])).feeds).toMatchObject([{ outcome: "collected" }]);
  });

  it("does not wait for what is sent when it is sent", async () => {
    const feed = await feedOf("a", 1, files("one"), { manner: "listens" });
    const { feeds } = await run(new World(), [feed]);
    expect(feeds).toMatchObject([{ outcome: "listens", deliveries: 0 }]);
  });

  it("ingests what an earlier run took and did not ingest", async () => {
    const feed = await feedOf("a", 1, files("one"));
    await collectFrom(await feed.open(), feed.depot);
    const { feeds } = await run(new World(), [feed]);
    expect(feeds).toMatchObject([{ deliveries: 0, rows: 10 }]);
    expect(feed.depot.waiting()).toEqual([]);
  });

  it("goes on with other feeds where one fails, and tries that again later", async () => {
    const world = new World();
    const bad = await feedOf("bad", 1, failing(new FeedFault("feed-unreachable", "no answer")));
    const good = await feedOf("good", 1, files("one"));
    const { feeds } = await run(world, [bad, good]);
    expect(feeds).toMatchObject([
      { feed: "bad", outcome: "failed", problem: "no answer" },
      { feed: "good", outcome: "collected", kept: 8 },
    ]);
    expect(dueAt(bad, world.now()).getTime() - world.time).toBe(22_500);
    expect((await run(world, [bad])).feeds).toMatchObject([{ outcome: "not-due" }]);
    world.time += 30_000;
    await run(world, [bad]);
    expect(bad.depot.standing.failing).toMatchObject({ failures: 2, code: "feed-unreachable" });
    expect(dueAt(bad, world.now()).getTime() - world.time).toBe(45_000);
  });

  it("takes a bug in the handling of one feed for a failure of that feed", async () => {
    const bad = await feedOf("bad", 1, failing(new TypeError("x is not a function")));
    const good = await feedOf("good", 1, files("one"));
    const { feeds } = await run(new World(), [bad, good]);
    expect(feeds).toMatchObject([{ outcome: "failed" }, { outcome: "collected", kept: 8 }]);
    expect(bad.depot.standing.failing).toMatchObject({
      code: "bug",
      message: expect.stringMatching(/^TypeError: x is not a function \(at .*\)$/) as string,
    });
  });

  it("comes back when it was asked to, and at the usual time where a person must act", async () => {
    const world = new World();
    const wait = { retryAfterSeconds: 600 };
    const busy = await feedOf("a", 1, failing(new FeedFault("feed-unreachable", "busy", wait)));
    const closed = await feedOf("b", 1, failing(new FeedFault("feed-refused", "401")));
    await run(world, [busy, closed]);
    const delays = [busy, closed].map((feed) => dueAt(feed, world.now()).getTime() - world.time);
    expect(delays).toEqual([601_500, 60_000]);
  });

  it("tells of what no format can read, and keeps it until it is tried again", async () => {
    const world = new World();
    world.ingest = async (_feed, given) =>
      summaryOf(given, { outcome: "failed", problem: "no format", rows: 0, kept: 0 });
    const feed = await feedOf("a", 1, files("one"), { keepDays: 0 });
    expect((await run(world, [feed])).feeds).toMatchObject([{ unread: 1 }]);
    expect(world.events).toContainEqual({
      event: "unread",
      feed: "a",
      name: "one",
      problem: "no format",
    });
    await run(world, [feed]);
    expect(feed.depot.standing).toMatchObject({ unread: 1, waiting: 0 });
    await feed.depot.tryAgain();
    world.ingest = async (_feed, given) => summaryOf(given);
    expect((await run(world, [feed])).feeds).toMatchObject([{ unread: 0, kept: 8 }]);
    expect(feed.depot.standing.unread).toBe(0);
  });

  it("leaves a feed alone of which nobody can read enough to fill the disk", async () => {
    const world = new World();
    world.ingest = async (_feed, given) => summaryOf(given, { outcome: "failed", problem: "odd" });
    const names = Array.from({ length: 40 }, (_, i) => `file-${i}`);
    const feed = await feedOf("a", 1, files(...names));
    await run(world, [feed]);
    world.time += 120_000;
    const { feeds } = await run(world, [feed]);
    expect(feeds).toMatchObject([
      { outcome: "failed", problem: expect.stringContaining("--retry-unread") as string },
    ]);
  });

  it("ends with the fault of a store that is damaged", async () => {
    const world = new World();
    world.ingest = () => Promise.reject(new Fault("store-corrupt", "damaged"));
    const feed = await feedOf("a", 1, files("one"));
    await expect(run(world, [feed])).rejects.toMatchObject({ code: "store-corrupt" });
    expect(feed.depot.waiting()).toHaveLength(1);
  });
});

describe("priorities", () => {
  it("an ingest gives way to what is more urgent, and goes on where it was", async () => {
    const world = new World();
    const order: string[] = [];
    let bulkBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => (bulkBegun = resolve));
    world.ingest = async (feed, given, _signal, giveWay) => {
      order.push(`${feed} begins`);
      if (feed === "bulk") {
        bulkBegun();
        while (!giveWay.wanted) await turn();
        await giveWay.pass();
        expect(giveWay.wanted).toBe(false);
      }
      order.push(`${feed} ends`);
      return summaryOf(given);
    };
    const bulk = await feedOf("bulk", 4, files("huge"));
    const urgent = await feedOf("urgent", 1, async function* (collecting) {
      await begun;
      yield* files("alert")(collecting);
    });
    const { feeds } = await run(world, [bulk, urgent]);
    expect(order).toEqual(["bulk begins", "urgent begins", "urgent ends", "bulk ends"]);
    expect(feeds).toMatchObject([
      { feed: "bulk", rows: 10 },
      { feed: "urgent", rows: 10 },
    ]);
    expect(bulk.depot.waiting()).toEqual([]);
  });

  it("what comes all the time does not starve what gave way to it", async () => {
    const world = new World();
    let passed = 0;
    const urgent = await feedOf("urgent", 1, files("first"));
    world.ingest = async (feed, given, _signal, giveWay) => {
      if (feed === "urgent") return summaryOf(given);
      for (let block = 0; block < 40; block++) {
        await collectFrom(
          { manner: "polls", unjournaled: "dropped", collect: files(`${block}`) },
          urgent.depot,
        );
        if (giveWay.wanted) {
          await giveWay.pass();
          passed++;
        }
        world.time += 100;
      }
      return summaryOf(given);
    };
    await run(world, [await feedOf("bulk", 4, files("huge")), urgent]);
    expect(passed).toBe(4);
    expect(urgent.depot.waiting()).toEqual([]);
  });

  it("gives way for a second, though what passes has no end", async () => {
    const world = new World();
    const order: string[] = [];
    let bulkBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => (bulkBegun = resolve));
    const urgent = await feedOf("urgent", 1, async function* (collecting) {
      await begun;
      yield* files("first")(collecting);
    });
    const more = async (name: string): Promise<void> => {
      const collector: Collector = {
        manner: "polls",
        unjournaled: "dropped",
        collect: files(name),
      };
      await collectFrom(collector, urgent.depot);
    };
    world.ingest = async (feed, given, _signal, giveWay) => {
      if (feed === "bulk") {
        bulkBegun();
        while (!giveWay.wanted) await turn();
        await giveWay.pass();
      }
      order.push(feed);
      world.time += 600;
      if (feed === "urgent" && order.length < 6) await more(`after-${order.length}`);
      return summaryOf(given);
    };
    await run(world, [await feedOf("bulk", 4, files("huge")), urgent]);
    expect(order).toEqual(["urgent", "urgent", "bulk", "urgent", "urgent", "urgent"]);
    expect(urgent.depot.waiting()).toEqual([]);
  });

  it("a store that fails while others gave way ends the run with its fault", async () => {
    const world = new World();
    const urgent = await feedOf("urgent", 1, files("alert"), {
      schedule: { next: () => new Date(8e15) },
    });
    world.ingest = async (feed, given, signal, giveWay) => {
      if (feed === "urgent") throw new Fault("store-corrupt", "damaged");
      while (!giveWay.wanted) await turn();
      await giveWay.pass();
      return summaryOf(given, {}, signal.aborted);
    };
    const bulk = await feedOf("bulk", 4, files("huge"));
    await expect(run(world, [bulk, urgent])).rejects.toMatchObject({ code: "store-corrupt" });
    expect(bulk.depot.waiting()).toHaveLength(1);
  });

  it("what is less urgent waits for room in the spool, of which it may use less", async () => {
    const world = new World();
    let free = (): void => undefined;
    const freed = new Promise<void>((resolve) => (free = resolve));
    world.ingest = async (_feed, given) => {
      await freed;
      return summaryOf(given);
    };
    const many = Array.from({ length: 20 }, (_, i) => `file-${i}`);
    const bulk = await feedOf("bulk", 4, files(...many));
    const urgent = await feedOf("urgent", 1, files("one", "two", "three"));
    const running = run(world, [bulk, urgent], { spoolBytes: 60 });
    for (let i = 0; i < 100; i++) await turn();
    for (let tries = 0; urgent.depot.standing.deliveries < 3 && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const held = bulk.depot.standing.deliveries;
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(5);
    expect(urgent.depot.standing.deliveries).toBe(3);
    free();
    expect((await running).feeds).toMatchObject([{ deliveries: 20 }, { deliveries: 3 }]);
  });

  it("fetches of less urgent feeds leave a place for those that are more so", async () => {
    let bulkRunning = 0;
    let most = 0;
    let seen = 0;
    const slow = () =>
      async function* (collecting: CollectRun): AsyncGenerator<Taken> {
        most = Math.max(most, ++bulkRunning);
        await new Promise((resolve) => setTimeout(resolve, 30));
        bulkRunning--;
        yield* files("x")(collecting);
      };
    const bulk = await Promise.all([1, 2, 3, 4].map((i) => feedOf(`bulk-${i}`, 4, slow())));
    const urgent = await feedOf("urgent", 1, async function* (collecting) {
      seen = bulkRunning;
      yield* files("y")(collecting);
    });
    await run(new World(), [...bulk, urgent], { fetches: 4 });
    expect(most).toBe(2);
    expect(seen).toBe(2);
  });
});

describe("collecting on", () => {
  it("comes back to each feed by its schedule until it is stopped", async () => {
    const world = new World();
    const stop = new AbortController();
    let runs = 0;
    const feed = await feedOf("a", 1, async function* (collecting) {
      if (++runs === 3) stop.abort();
      yield* files(`file-${runs}`)(collecting);
    });
    const { interrupted } = await run(world, [feed], { once: false, signal: stop.signal });
    expect(interrupted).toBe(true);
    expect(runs).toBe(3);
    expect(feed.depot.standing.deliveries).toBeGreaterThanOrEqual(2);
  });

  it("says when a listener listens again after a failure", async () => {
    const world = new World();
    const stop = new AbortController();
    let runs = 0;
    const listener = async function* (collecting: CollectRun): AsyncGenerator<Taken> {
      if (++runs < 3) throw new FeedFault("feed-unreachable", "port taken");
      yield { deliveries: [] };
      setTimeout(() => stop.abort(), 20);
      await new Promise<void>((resolve) =>
        collecting.signal.addEventListener("abort", () => resolve()),
      );
    };
    const collector: Collector = { manner: "listens", unjournaled: "kept", collect: listener };
    const open = async () => collector;
    const feed = await feedOf("a", 1, listener, { manner: "listens", open });
    await run(world, [feed], { once: false, signal: stop.signal });
    expect(world.events.map(({ event }) => event)).toEqual(["failure", "failure", "listening"]);
    expect(feed.depot.standing.failing).toBeUndefined();
  });

  it("waits for a full disk to have room again", async () => {
    const world = new World();
    const stop = new AbortController();
    let tries = 0;
    world.ingest = async (_feed, given) => {
      if (++tries < 3) throw new Fault("no-space-left", "full");
      setTimeout(() => stop.abort(), 20);
      return summaryOf(given);
    };
    const feed = await feedOf("a", 1, files("one"), { manner: "listens" });
    const { feeds } = await run(world, [feed], { once: false, signal: stop.signal });
    expect(feeds).toMatchObject([{ kept: 8 }]);
    expect(world.events.filter(({ event }) => event === "failure")).toHaveLength(2);
  });

  it("asks the collector to go on only when the journal has what it gave", async () => {
    const order: string[] = [];
    const feed = await feedOf("a", 1, async function* (collecting) {
      for await (const taken of files("one", "two")(collecting)) {
        yield taken;
        order.push(
          `told of ${taken.deliveries[0]!.id}: ${collecting.known(taken.deliveries[0]!.id)}`,
        );
      }
    });
    await run(new World(), [feed]);
    expect(order).toEqual(["told of one: true", "told of two: true"]);
  });
});

it("a feed is due at once if it never ran, then by its schedule, or when its failure says", () => {
  const now = new Date(START);
  const schedule = { next: (after: Date) => new Date(after.getTime() + 1000) };
  const standing = { deliveries: 0, bytes: 0, waiting: 0, unread: 0 };
  const of = (more: object) =>
    dueAt({ manner: "polls", schedule, depot: { standing: { ...standing, ...more } } }, now);
  expect(of({})).toEqual(now);
  expect(of({ lastRunAt: now.toISOString() })).toEqual(new Date(START + 1000));
  const retryAt = new Date(START + 5000).toISOString();
  const failing = { failures: 1, code: "x", message: "", retryAt };
  expect(of({ lastRunAt: now.toISOString(), failing })).toEqual(new Date(START + 5000));
});
