import { TimeReader } from "../csv/index.ts";
import { LocalClock } from "./local-clock.ts";
import { type DateOrder, readMoment } from "./moment.ts";
import type { RecordMapping } from "./record-mapping.ts";

/** Reads moments from bytes: those in ISO 8601 as they stand, all others as {@link readMoment} does. */
export class ListMoments {
  readonly #times: TimeReader;
  readonly #offset: number;
  readonly #order: DateOrder | undefined;
  readonly #clock: LocalClock | undefined;
  /** The text that was read last, and its moment: neighbours often share it. */
  #text = "";
  #moment = Number.NaN;

  constructor({
    offsetMinutes = 0,
    dateOrder,
    zone,
  }: Pick<RecordMapping, "offsetMinutes" | "dateOrder" | "zone">) {
    this.#times = new TimeReader(offsetMinutes);
    this.#offset = offsetMinutes;
    this.#order = dateOrder;
    this.#clock = zone === undefined ? undefined : new LocalClock(zone);
  }

  /** Milliseconds since 1970 of `[from, to)`, or NaN. */
  read(bytes: Buffer, from: number, to: number): number {
    const moment = this.#clock ? Number.NaN : this.#times.read(bytes, from, to);
    if (!Number.isNaN(moment)) return moment;
    const text = bytes.toString("utf8", from, to);
    if (text === this.#text) return this.#moment;
    this.#text = text;
    return (this.#moment = this.#readText(text));
  }

  #readText(text: string): number {
    const moment = this.#readAt(text, this.#offset);
    // What names its zone means the same moment, whatever zone is taken for it.
    if (!this.#clock || moment === this.#readAt(text, this.#offset + 1)) return moment;
    return this.#clock.momentOf(moment + this.#offset * 60_000);
  }

  #readAt(text: string, offset: number): number {
    const bytes = Buffer.from(text);
    const moment = this.#clock ? new TimeReader(offset).read(bytes, 0, bytes.length) : Number.NaN;
    return Number.isNaN(moment) ? readMoment(text, offset, this.#order) : moment;
  }
}
