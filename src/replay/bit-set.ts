/** A set of whole numbers below a fixed size, one bit each. */
export class BitSet {
  private readonly bits: Uint8Array;

  constructor(size: number) {
    this.bits = new Uint8Array((size + 7) >> 3);
  }

  add(member: number): void {
    this.bits[member >> 3]! |= 1 << (member & 7);
  }

  /** How many members it has. */
  count(): number {
    let members = 0;
    for (let rest of this.bits) for (; rest !== 0; rest &= rest - 1) members++;
    return members;
  }
}
