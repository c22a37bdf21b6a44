import { Fault, isFault } from "../../core/fault.ts";
import { FeedFault, type FeedStanding, type Stir, type StopSignal } from "../collect-ports.ts";
import type { CollectedFeed, CollectTools } from "./collected-feed.ts";
import type { Gate, Slots } from "./gate.ts";
import type { CollectLedger } from "./ledger.ts";
import { retryDelay } from "./retry.ts";

/** What the loops of all feeds share. */
export interface LoopSurroundings {
  readonly tools: CollectTools;
  readonly ledger: CollectLedger;
  /** Fetches at one time. */
  readonly slots: Slots;
  /** Room in the spools. */
  readonly room: Gate;
  /** Bytes of unread deliveries beyond which a feed is not collected. */
  readonly unreadBytes: number;
  /** Tells that a delivery waits for ingest. */
  taken(): void;
  readonly signal: StopSignal;
}

const MS_A_DAY = 86_400_000;
/** The longest that a timer can sleep is 24.8 days; and a clock that was put right is noticed within this. */
const LONGEST_SLEEP_MS = 60_000;

/** When a feed is to be collected next: after its last run by its schedule, or when a failure says. */
export function dueAt(
  {
    depot,
    schedule,
    manner,
  }: Pick<CollectedFeed, "schedule" | "manner"> & {
    readonly depot: { readonly standing: FeedStanding };
  },
  now: Date,
): Date {
  const { lastRunAt, failing } = depot.standing;
  if (failing) return new Date(failing.retryAt);
  if (lastRunAt === undefined || manner === "listens") return now;
  return schedule.next(new Date(lastRunAt));
}

/**
 * Collects a feed whenever it is due or stirs, until the signal says stop. A fault of the remote side is tried again later, whatever
 * stirs.
 */
export async function collectForever(feed: CollectedFeed, around: LoopSurroundings): Promise<void> {
  const { tools, signal } = around;
  const stir = feed.stir?.();
  try {
    while (!signal.aborted) {
      const now = tools.now();
      const wait = dueAt(feed, now).getTime() - now.getTime();
      const pause = (): Promise<void> => tools.sleep(Math.min(wait, LONGEST_SLEEP_MS), signal);
      if (wait <= 0 || (await isStirred(feed, stir, pause))) await collectOnce(feed, around);
    }
  } finally {
    stir?.close();
  }
}

/** Pauses; true if the feed stirs before the pause is over. */
async function isStirred(
  { depot }: CollectedFeed,
  stir: Stir | undefined,
  pause: () => Promise<void>,
): Promise<boolean> {
  const over = pause().then(() => false);
  if (stir === undefined || depot.standing.failing) return over;
  return Promise.race([over, stir.next().then(() => true)]);
}

/** Runs the collector of a feed once. A failure is journaled with the time of the next try. */
export async function collectOnce(feed: CollectedFeed, around: LoopSurroundings): Promise<void> {
  const { tools, slots, signal, ledger } = around;
  await feed.depot.prune(new Date(tools.now().getTime() - feed.keepDays * MS_A_DAY));
  const summary = ledger.of(feed.name);
  try {
    if (feed.manner === "listens") await run(feed, around);
    else await slots.hold(feed.priority, signal, () => run(feed, around));
    summary.outcome = "collected";
    delete summary.problem;
  } catch (error) {
    // Stopped by us: what broke off is no failure of the feed.
    if (signal.aborted) return;
    summary.outcome = "failed";
    summary.problem = await noteFailure(feed, tools, error);
  }
}

async function run(feed: CollectedFeed, around: LoopSurroundings): Promise<void> {
  const { tools, signal, room, ledger } = around;
  const { depot, name, priority } = feed;
  refuseUnread(feed, around.unreadBytes);
  await room.pass(priority, signal);
  if (signal.aborted) return;
  const collector = await feed.open();
  const started = tools.now().getTime();
  const total = { deliveries: 0, bytes: 0 };
  const taking = collector.collect({
    state: depot.state,
    spool: depot.spool,
    signal,
    known: (id) => depot.known(id),
    now: () => tools.now(),
    sleep: (ms) => tools.sleep(ms, signal),
  });
  let listening = collector.manner === "polls";
  for await (const taken of taking) {
    if (!listening) {
      listening = true;
      await depot.listening();
      tools.onEvent({ event: "listening", feed: name });
    }
    await depot.take(taken);
    if (taken.deliveries.length > 0) {
      const deliveries = taken.deliveries.length;
      const bytes = taken.deliveries.reduce((sum, { size }) => sum + size, 0);
      total.deliveries += deliveries;
      total.bytes += bytes;
      const summary = ledger.of(name);
      summary.deliveries += deliveries;
      summary.bytes += bytes;
      tools.onEvent({ event: "taken", feed: name, deliveries, bytes });
      around.taken();
    }
    await room.pass(priority, signal);
  }
  if (signal.aborted && collector.manner === "polls") return;
  await depot.ended({ seconds: (tools.now().getTime() - started) / 1000, ...total });
}

/** What nobody can read stays until somebody looks: it must not fill the disk meanwhile. */
function refuseUnread({ depot, name }: CollectedFeed, limit: number): void {
  const unread = depot.unread();
  const bytes = unread.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= limit) return;
  throw new Fault(
    "input-unreadable",
    `${unread.length} deliveries of ${name} wait that no format can read (${bytes} bytes): name its format or map it, then run "tocsin collect ${name} --once --retry-unread"`,
  );
}

/**
 * Journals a failure; gives its message. What is no fault is a bug, and stays the bug of this feed: what somebody sends to one
 * feed must not end the others.
 */
async function noteFailure(
  { depot, name, schedule }: CollectedFeed,
  tools: CollectTools,
  error: unknown,
): Promise<string> {
  const { code, message, retry } = isFault(error) ? error : bugOf(error);
  const failures = (depot.standing.failing?.failures ?? 0) + 1;
  const asked = error instanceof FeedFault ? error.retryAfterSeconds : undefined;
  const now = tools.now();
  const delay = new Date(now.getTime() + retryDelay(failures, tools.random(), asked));
  // What only a person can mend is looked at again at the usual time, and not more often than that.
  const usual = schedule.next(now);
  const at = retry === "permanent" && usual > delay ? usual : delay;
  const retryAt = at.toISOString();
  await depot.failed({ code, message, failures, retryAt });
  tools.onEvent({ event: "failure", feed: name, code, message, retryAt });
  return message;
}

function bugOf(error: unknown): { code: string; message: string; retry: "permanent" } {
  const { stack = String(error) } = error instanceof Error ? error : {};
  const [what = "", where = ""] = stack.split("\n");
  return { code: "bug", message: `${what} (${where.trim()})`, retry: "permanent" };
}
