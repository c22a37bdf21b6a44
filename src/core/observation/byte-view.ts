/** The views made last: a block, the texts made of it, and the texts that are kept are read by turns. */
const made: DataView[] = Array.from({ length: 4 }, () => new DataView(new ArrayBuffer(0)));
const viewed: (Uint8Array | undefined)[] = [undefined, undefined, undefined, undefined];
let next = 0;

/** A view of the bytes, by which they are read four at a time. A view of the same array is given again. */
export function viewOf(bytes: Uint8Array): DataView {
  for (let i = 0; i < 4; i++) if (viewed[i] === bytes) return made[i]!;
  next = (next + 1) & 3;
  viewed[next] = bytes;
  return (made[next] = new DataView(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset,
    bytes.byteLength,
  ));
}

/** From this length on, words are worth a view. */
const FEW = 12;

/** Copies `[from, to)` to `at` of other bytes, which have room for it. */
export function copyBytes(
  into: Uint8Array,
  at: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): void {
  let i = from;
  let o = at;
  if (to - from >= FEW) {
    const read = viewOf(bytes);
    const write = viewOf(into);
    for (; i + 4 <= to; i += 4, o += 4) write.setInt32(o, read.getInt32(i, true), true);
  }
  while (i < to) into[o++] = bytes[i++]!;
}

/** Whether `[from, to)` are the same bytes as those at `at` of others, which go on as long. */
export function areSameBytes(
  others: Uint8Array,
  at: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): boolean {
  let i = from;
  let o = at;
  if (to - from >= FEW) {
    const one = viewOf(bytes);
    const other = viewOf(others);
    for (; i + 4 <= to; i += 4, o += 4)
      if (one.getInt32(i, true) !== other.getInt32(o, true)) return false;
  }
  while (i < to) if (others[o++] !== bytes[i++]) return false;
  return true;
}
