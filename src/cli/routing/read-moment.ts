import { Fault } from "../../core/fault.ts";
import { type Instant, instantOf, spans } from "../../core/time/index.ts";
import type { Session } from "../session.ts";

/** A moment as people write it: so many days from now (`30d`), before or after, or the beginning of a day in UTC. */
export function readMoment(
  { around, words }: Session,
  option: string,
  text: string,
  direction: "before" | "after",
): Instant {
  const now = around.now().getTime();
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined)
    return instantOf(now + (direction === "after" ? 1 : -1) * Number(days) * spans.day);
  const day = Date.parse(`${text}T00:00:00.000Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day) && instantOf(day).startsWith(text))
    return instantOf(day);
  throw new Fault("usage", words.routing.rules.badSince(option, text));
}
