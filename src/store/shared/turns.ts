/** Lets pieces of work happen one after the other, in the order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether somebody has the turn or waits for it. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Runs the work when its turn comes. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Waits for all work that was asked for so far. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** Waits for the turn, and gives the function that ends it. */
  async enter(): Promise<() => void> {
    this.#waiting++;
    let leave = (): void => {};
    const before = this.#last;
    this.#last = new Promise<void>((resolve) => {
      leave = () => {
        this.#waiting--;
        resolve();
      };
    });
    await before;
    return leave;
  }
}
