import type { MessageChannel } from "../../app/case-ports.ts";
import {
  Bell,
  keepWatch,
  makeApplyEvent,
  reviewContacts,
  watchOnce,
  type WatchParts,
} from "../../app/alerting/index.ts";
import type { CollectEvent } from "../../app/collect/index.ts";
import type { DaemonEvent, Workbench } from "../../cli/index.ts";
import type { Instant } from "../../core/time/index.ts";
import { type AlertingKit, sha256 } from "./alerting-kit.ts";
import { sleep } from "../sleep.ts";
import { openMailbox } from "./open-mailbox.ts";

/** Collects, follows, alerts, sends and takes answers: until the signal comes, or once. */
export async function watchAll(
  bench: Workbench,
  kit: AlertingKit,
  once: boolean,
  now: () => Instant,
  onEvent: (event: DaemonEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const news = new Bell();
  const opened = await openParts(bench, kit, news, now, onEvent);
  const feeds = Object.values(bench.config.feeds).filter(({ enabled, from }) => enabled && from);
  const onCollect = (event: CollectEvent): void => {
    onEvent({ event: "collect", of: event });
    if (event.event === "ingested") news.ring();
  };
  const collect = async (): Promise<void> => {
    if (feeds.length === 0) return;
    await bench.collect({ feeds: [], once, retryUnread: false }, onCollect, signal);
  };
  onEvent({
    event: "watching",
    feeds: feeds.length,
    rules:
      (await opened.parts.following.cases.read((session) => session.activeRules())) !== undefined,
    composes: bench.config.alerting !== undefined,
    sends: opened.parts.outbox !== undefined && opened.parts.outbox.channels.has("mail"),
    answers: opened.parts.answers !== undefined,
  });
  try {
    if (once) {
      await collect();
      await watchOnce(opened.parts, signal);
    } else await together(signal, (stop) => [collect(), keepWatch(opened.parts, stop)]);
  } finally {
    for (const channel of opened.channels) await channel.close();
    await opened.parts.answers?.mailbox.close();
  }
}

/** Runs parts side by side; where one fails the others are told to end, and are waited for. */
async function together(
  signal: AbortSignal,
  parts: (stop: AbortSignal) => readonly Promise<void>[],
): Promise<void> {
  const broken = new AbortController();
  const all = parts(AbortSignal.any([signal, broken.signal]));
  try {
    await Promise.all(all);
  } finally {
    broken.abort();
    await Promise.allSettled(all);
  }
}

interface Opened {
  readonly parts: WatchParts;
  readonly channels: readonly MessageChannel[];
}

async function openParts(
  bench: Workbench,
  kit: AlertingKit,
  news: Bell,
  now: () => Instant,
  onEvent: (event: DaemonEvent) => void,
): Promise<Opened> {
  const { findings } = await bench.store();
  const cases = await bench.cases();
  const { happening } = kit;
  const following = { cases, findings, happening, now, news };
  const own = {
    following,
    review: async (at: Instant) => {
      await reviewContacts(cases, { actor: "daemon", at });
    },
    news,
    mail: new Bell(),
    now,
    sleep,
    onEvent,
  };
  if (bench.config.alerting === undefined) return { parts: own, channels: [] };
  // First: it makes the secret that the others read.
  const composing = await kit.composing();
  const outbox = await kit.outbox();
  const answers = await openAnswers(bench, kit, now);
  return {
    parts: {
      ...own,
      composing,
      outbox: {
        ...outbox,
        onOutcome: ({ deliveryKey, to }, outcome) =>
          onEvent({ event: "message", deliveryKey, to, outcome }),
      },
      ...(answers && { answers }),
    },
    channels: [...outbox.channels.values()],
  };
}

async function openAnswers(
  bench: Workbench,
  kit: AlertingKit,
  now: () => Instant,
): Promise<WatchParts["answers"]> {
  const { mailbox, reader } = await openMailbox(kit.settings);
  if (mailbox === undefined) return undefined;
  return {
    cases: await bench.cases(),
    reader,
    applyEvent: makeApplyEvent(kit.happening),
    now,
    sha256,
    mailbox,
    everySeconds: kit.settings.answers!.everySeconds,
  };
}
