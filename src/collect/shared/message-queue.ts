/** What others send, until we take it. Bounded: who sends is told to wait. */
export class MessageQueue<T> {
  readonly #limit: number;
  readonly #sizeOf: (item: T) => number;
  #items: T[] = [];
  #size = 0;
  #ended = false;
  #failure: Error | undefined;
  #arrived: () => void = () => undefined;
  #taken: (() => void)[] = [];

  constructor(limit: number, sizeOf: (item: T) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  /** Whether the sender should wait. */
  get full(): boolean {
    return this.#size >= this.#limit;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#size += this.#sizeOf(item);
    this.#arrived();
  }

  /** Returns when there is room again, or when nothing is taken any more. */
  async room(): Promise<void> {
    while (this.full && !this.#ended) await new Promise<void>((done) => this.#taken.push(done));
  }

  /** Nothing comes any more; what is there is still given. */
  end(): void {
    this.#ended = true;
    this.#arrived();
    for (const wake of this.#taken.splice(0)) wake();
  }

  /** Ends with a failure. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.end();
  }

  /** All that has come, as soon as there is some, again and again until the end. */
  async *batches(): AsyncGenerator<T[]> {
    for (;;) {
      const arrived = new Promise<void>((resolve) => (this.#arrived = resolve));
      if (this.#items.length > 0) {
        const items = this.#items;
        this.#items = [];
        this.#size = 0;
        for (const wake of this.#taken.splice(0)) wake();
        yield items;
      } else if (!this.#ended) await arrived;
      else if (this.#failure === undefined) return;
      else throw this.#failure;
    }
  }
}
