/** Wakes whoever waits for something to do. */
export class Bell {
  /** How often it rang. */
  rings = 0;
  readonly #waiting = new Set<() => void>();

  ring(): void {
    this.rings++;
    for (const wake of this.#waiting) wake();
  }

  /**
   * Waits until it has rung more than so many times, or until a pause is over; tells whether it rang. What rang before one began to wait is not
   * missed, and nothing is left waiting.
   */
  async rungSince(rings: number, pause: () => Promise<void>): Promise<boolean> {
    if (this.rings === rings) {
      let wake = (): void => undefined;
      const rung = new Promise<void>((resolve) => (wake = resolve));
      this.#waiting.add(wake);
      await Promise.race([rung, pause()]);
      this.#waiting.delete(wake);
    }
    return this.rings !== rings;
  }
}
