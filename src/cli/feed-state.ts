/** What is to be said of a feed that is not well. */
import type { FeedStatus } from "../app/feed-watch.ts";
import { countText } from "./numbers.ts";
import type { Session } from "./session.ts";

/** Why a feed is in its state, in one line. */
export function sayWhy({ words }: Session, status: FeedStatus): string {
  const { feed, state, failing, volume } = status;
  const { why } = words.feeds;
  const last = status.lastDay ?? "-";
  if (failing)
    return why.failing(feed, countText(failing.failures), words.faultDetail(failing.message));
  if (state === "late" && status.overdueHours !== null)
    return why.overdue(feed, minuteText(status.dueAt), String(status.overdueHours));
  switch (state) {
    case "never":
      return why.never(feed);
    case "dropped":
      return why.dropped(
        feed,
        volume?.day ?? last,
        countText(volume?.observations ?? 0),
        countText(volume?.median ?? 0),
      );
    case "down":
    case "late":
    case "quiet":
      return why[state](feed, last);
    case "ok":
      return feed;
  }
}

/** `2024-03-01 06:15 UTC` */
function minuteText(time: string | null): string {
  return time === null ? "-" : `${time.slice(0, 16).replace("T", " ")} UTC`;
}

/** The command that helps, or shows more. */
export function mendOf({ feed, state, collected }: FeedStatus): string {
  if (state === "dropped") return `tocsin feeds status ${feed}`;
  return collected ? `tocsin collect --once ${feed}` : `tocsin ingest PATH --feed ${feed}`;
}
