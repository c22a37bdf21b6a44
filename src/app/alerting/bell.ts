/** Wakes whoever waits for something to do. */
export class Bell {
  #rung: Promise<void>;
  #ring: () => void = () => undefined;
  /** How often it rang. */
  rings = 0;

  constructor() {
    this.#rung = this.#next();
  }

  /** Wakes all who wait; who waits afterwards, waits for the next time. */
  ring(): void {
    this.rings++;
    const ring = this.#ring;
    this.#rung = this.#next();
    ring();
  }

  /** Settles when it rings next. */
  next(): Promise<void> {
    return this.#rung;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => (this.#ring = resolve));
  }
}
