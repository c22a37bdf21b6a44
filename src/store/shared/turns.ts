/** Lets pieces of work happen one after the other, in the order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all before it have ended, and gives what it gives. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.then(nothing, nothing);
    return done;
  }

  /** Waits for all work that was asked for so far. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

function nothing(): void {}
