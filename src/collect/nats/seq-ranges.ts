/** Numbers of messages as ranges: `[[1, 500], [502, 502]]`. */
export type SeqRanges = readonly (readonly [number, number])[];

/** The ranges of some numbers. */
export function rangesOf(seqs: readonly number[]): SeqRanges {
  const ranges: [number, number][] = [];
  for (const seq of seqs.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && seq <= last[1] + 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

/** Whether a number is in one of them. */
export function isIn(ranges: SeqRanges, seq: number): boolean {
  return ranges.some(([from, to]) => from <= seq && seq <= to);
}
