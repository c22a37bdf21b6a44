/** Numbers the distinct (country, AS, mark) that addresses have; place 0 is nowhere. */
export class Places {
  readonly #numbers = new Map<number, number>([[0, 0]]);
  readonly #countries = [0];
  readonly #asns = [0];
  readonly #marks = [0];

  /** The number of this place. */
  number(country: number, asn: number, mark: number): number {
    const key = (country * 8 + mark) * 2 ** 32 + asn;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(key, fresh);
    this.#countries.push(country);
    this.#asns.push(asn);
    this.#marks.push(mark);
    return fresh;
  }

  /** The three columns by place. */
  columns(): { countries: Uint16Array; asns: Uint32Array; marks: Uint8Array } {
    return {
      countries: Uint16Array.from(this.#countries),
      asns: Uint32Array.from(this.#asns),
      marks: Uint8Array.from(this.#marks),
    };
  }
}
