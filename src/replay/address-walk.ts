import { ADDRESS_SPACE } from "./address-space.ts";
import type { Streams } from "./random.ts";

/**
 * Hands out distinct addresses of one country, spread evenly over its range: it starts anywhere and goes on by a fixed
 * odd step, modulo the size. The size is a power of two, so the step visits every address before it repeats one.
 */
export class AddressWalk {
  private readonly start: number;
  private readonly size: number;
  private readonly step: number;
  private at: number;

  /** Two walks of the same country and purpose are the same walk. */
  constructor(country: string, purpose: string, streams: Streams) {
    const { start, size } = ADDRESS_SPACE.get(country)!;
    const random = streams(`addr/${purpose}`);
    this.start = start;
    this.size = size;
    this.step = (Math.floor(size * 0.38) + random.below(Math.floor(size * 0.2))) | 1;
    this.at = random.below(size);
  }

  /** The next address, as an unsigned number. */
  next(): number {
    this.at = (this.at + this.step) % this.size;
    return this.start + this.at;
  }
}
