import { between, type Instant } from "../../core/time/index.ts";
import type { Mailbox, StopSignal } from "../case-ports.ts";
import { type AnswerParts, receiveAnswers } from "./answers/index.ts";
import { Bell } from "./bell.ts";
import type { Composing } from "./compose-queued.ts";
import { fireTimers } from "./fire-timers.ts";
import { areRulesNew, type Following, followFindings } from "./follow-findings.ts";
import { type OutboxParts, recoverOutbox, runOutbox, sendDue } from "./outbox/index.ts";
import type { Placed } from "./place-findings.ts";

/** What the watch does, one part of it after the other or side by side. */
export interface WatchParts {
  readonly following: Following;
  /** Absent: no message can be made, and nothing leaves. */
  readonly composing?: Composing;
  readonly outbox?: Omit<OutboxParts, "pause">;
  readonly answers?: AnswerParts & { readonly mailbox: Mailbox; readonly everySeconds: number };
  /** Tasks that fall due with time: contacts to verify again. */
  readonly review: (now: Instant) => Promise<void>;
  /** Rung when observations came in. */
  readonly news: Bell;
  /** Rung when messages were put into the outbox. */
  readonly mail: Bell;
  readonly now: () => Instant;
  /** Settles after so many milliseconds, or when the signal comes. */
  readonly sleep: (milliseconds: number, signal: StopSignal) => Promise<void>;
  readonly onEvent: (event: WatchEvent) => void;
}

/** Something that the watch did. */
export type WatchEvent =
  | ({ readonly event: "placed" } & Placed)
  | { readonly event: "timers"; readonly fired: number }
  | { readonly event: "answers"; readonly received: number }
  | { readonly event: "recovered"; readonly messages: number }
  /** Something failed that may work later; the watch goes on. */
  | { readonly event: "failure"; readonly part: string; readonly message: string };

/** How long others' changes of the cases (an approval at the command line) may go unseen. */
const LOOK_EVERY_MS = 1_000;
/** After a failure a part rests for so long. */
const REST_MS = 10_000;
const REVIEW_EVERY_MS = 3_600_000;

/**
 * Turns what comes in into alerts, and alerts into messages, until the signal comes. What was under way in a crash is put before people
 * first. Each part fails by itself and goes on later.
 */
export async function keepWatch(parts: WatchParts, signal: StopSignal): Promise<void> {
  await recover(parts);
  const placed = new Bell();
  await Promise.all([
    goOn(parts, "findings", signal, () => watchFindings(parts, placed, signal)),
    goOn(parts, "timers", signal, () => watchTimers(parts, placed, signal)),
    goOn(parts, "outbox", signal, () => watchOutbox(parts, signal)),
    goOn(parts, "answers", signal, () => watchAnswers(parts, signal)),
  ]);
}

/** Everything that is due, once. */
export async function watchOnce(parts: WatchParts, signal: StopSignal): Promise<void> {
  await recover(parts);
  await takeAnswers(parts, signal);
  await follow(parts, signal);
  await parts.review(parts.now());
  await fire(parts, signal);
  if (parts.outbox) await sendDue({ ...parts.outbox, pause: async () => undefined }, signal);
}

async function recover({ outbox, now, onEvent }: WatchParts): Promise<void> {
  if (outbox === undefined) return;
  const messages = await recoverOutbox(outbox, now());
  if (messages > 0) onEvent({ event: "recovered", messages });
}

async function watchFindings(parts: WatchParts, placed: Bell, signal: StopSignal): Promise<void> {
  const { news, following } = parts;
  while (!signal.aborted) {
    const { rings } = news;
    await follow(parts, signal, () => placed.ring());
    while (!signal.aborted && !(await news.rungSince(rings, () => aMoment(parts, signal)))) {
      // Under new rules there is something to do without news.
      if (await areRulesNew(following)) break;
    }
  }
}

/** Beside the findings, which may take long: what is due does not wait for those that come after it. */
async function watchTimers(parts: WatchParts, placed: Bell, signal: StopSignal): Promise<void> {
  let reviewedAt: Instant | undefined;
  while (!signal.aborted) {
    const { rings } = placed;
    if (reviewedAt === undefined || between(reviewedAt, parts.now()) >= REVIEW_EVERY_MS) {
      reviewedAt = parts.now();
      await parts.review(reviewedAt);
    }
    await fire(parts, signal);
    await placed.rungSince(rings, () => aMoment(parts, signal));
  }
}

/** Not longer, because others may have approved something. */
function aMoment({ sleep }: WatchParts, signal: StopSignal): Promise<void> {
  return sleep(LOOK_EVERY_MS, signal);
}

async function follow(
  { following, onEvent }: WatchParts,
  signal: StopSignal,
  onPlaced?: () => void,
): Promise<void> {
  const placed = await followFindings(following, signal, onPlaced);
  if (placed.findings > 0) onEvent({ event: "placed", ...placed });
}

async function fire(parts: WatchParts, signal: StopSignal): Promise<void> {
  if (parts.composing === undefined) return;
  const fired = await fireTimers(parts.composing, signal);
  if (fired === 0) return;
  parts.mail.ring();
  parts.onEvent({ event: "timers", fired });
}

async function watchOutbox(parts: WatchParts, signal: StopSignal): Promise<void> {
  const { outbox, mail } = parts;
  if (outbox === undefined) return;
  let { rings } = mail;
  const pause = async (stop: StopSignal): Promise<void> => {
    await mail.rungSince(rings, () => aMoment(parts, stop));
    rings = mail.rings;
  };
  await runOutbox({ ...outbox, pause }, signal);
}

async function watchAnswers(parts: WatchParts, signal: StopSignal): Promise<void> {
  if (parts.answers === undefined) return;
  while (!signal.aborted) {
    await takeAnswers(parts, signal);
    await parts.sleep(parts.answers.everySeconds * 1000, signal);
  }
}

async function takeAnswers({ answers, onEvent }: WatchParts, signal: StopSignal): Promise<void> {
  if (answers === undefined) return;
  const received = await receiveAnswers(answers, answers.mailbox, signal);
  if (received > 0) onEvent({ event: "answers", received });
}

/** Begins a part anew after a failure, until the signal comes. */
async function goOn(
  { onEvent, sleep }: WatchParts,
  part: string,
  signal: StopSignal,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
      return;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      onEvent({ event: "failure", part, message });
      await sleep(REST_MS, signal);
    }
  }
}
