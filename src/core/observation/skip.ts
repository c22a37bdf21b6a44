import { enlarge } from "./enlarge.ts";

/**
 * Why an element of a file is neither an observation nor a mistake; the words are shown to operators. Their places in this
 * list are the codes in a block: append only.
 */
export const skipReasons = [
  /** A hash, an address of mail, a file, a comment: there is no host to count. */
  "names-no-host",
  /** A flow, a query, a figure, feedback that nothing was wrong. */
  "no-report",
  /** Deleted, revoked, or listed no more. */
  "withdrawn",
  /** A place to read more about it. */
  "reference",
  /** It is about other elements, with which it is read, and of no host by itself. */
  "context",
  /** A rule in a language for programs of detection (YARA, Snort, Sigma). */
  "foreign-pattern",
  /** A proposal that nobody has accepted. */
  "proposal",
] as const;

/** One of {@link skipReasons}. */
export type SkipReason = (typeof skipReasons)[number];

/** How many elements were skipped, by reason. */
export type SkipCounts = Readonly<Partial<Record<SkipReason, number>>>;

/** Elements of a block that are neither observations nor mistakes. */
export interface Skips {
  count: number;
  lines: Float64Array;
  /** Places in {@link skipReasons}. */
  reasons: Uint8Array;
}

/** None yet. */
export function emptySkips(): Skips {
  return { count: 0, lines: new Float64Array(16), reasons: new Uint8Array(16) };
}

/** Notes one more. */
export function addSkip(skips: Skips, reason: SkipReason, line: number): void {
  const at = skips.count++;
  if (at === skips.lines.length) {
    skips.lines = enlarge(skips.lines, 2 * at);
    skips.reasons = enlarge(skips.reasons, 2 * at);
  }
  skips.lines[at] = line;
  skips.reasons[at] = skipReasons.indexOf(reason);
}

/** Counts a block's by reason. */
export function countSkips({ count, reasons }: Skips): SkipCounts {
  const counts: Partial<Record<SkipReason, number>> = {};
  for (let at = 0; at < count; at++) {
    const reason = skipReasons[reasons[at]!]!;
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

/** The sums by reason. */
export function sumSkips(...all: readonly SkipCounts[]): SkipCounts {
  const sums: Partial<Record<SkipReason, number>> = {};
  for (const reason of skipReasons) {
    const sum = all.reduce((n, counts) => n + (counts[reason] ?? 0), 0);
    if (sum > 0) sums[reason] = sum;
  }
  return sums;
}
