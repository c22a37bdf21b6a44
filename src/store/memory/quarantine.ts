import type { ObservationStore } from "../../app/ports.ts";
import { timeText } from "../../core/observation/index.ts";
import { groupBy } from "./group-by.ts";
import type { Holdings } from "./part-writer.ts";

/** The refused rows, oldest first; the summary is of those that wait. */
export function quarantineOf(holdings: Holdings, now: () => Date): ObservationStore["quarantine"] {
  const { refused, bytes } = holdings;
  return {
    summary: async () => {
      const waiting = refused.filter((row) => row.takenAt === null);
      return [...groupBy(waiting, (row) => JSON.stringify([row.feed, row.path, row.reason]))]
        .map(([, [first, ...rest]]) => ({
          feed: first!.feed,
          path: first!.path,
          reason: first!.reason,
          rows: 1 + rest.length,
        }))
        .sort((a, b) => b.rows - a.rows || (a.path + a.reason < b.path + b.reason ? -1 : 1));
    },
    rows: async ({ reason, path, id, limit }) =>
      refused
        .filter(
          (row) =>
            (reason === undefined || row.reason === reason) &&
            (path === undefined || row.path === path) &&
            (id === undefined || row.id === id || row.id.replace(/-\d+$/, "") === id),
        )
        .slice(0, limit),
    bytesOf: async ({ id }) => bytes.get(id)!,
    markTaken: async (ids) => {
      const takenAt = timeText(now().getTime());
      for (const [at, row] of refused.entries())
        if (ids.includes(row.id)) refused[at] = { ...row, takenAt };
    },
  };
}
