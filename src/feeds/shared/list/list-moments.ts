import { TimeReader } from "../csv/index.ts";
import { type DateOrder, readMoment } from "./moment.ts";
import type { RecordMapping } from "./record-mapping.ts";

/** Reads moments from bytes: those in ISO 8601 as they stand, all others as {@link readMoment} does. */
export class ListMoments {
  readonly #times: TimeReader;
  readonly #offset: number;
  readonly #order: DateOrder | undefined;
  /** The text that was read last, and its moment: neighbours often share it. */
  #text = "";
  #moment = Number.NaN;

  constructor({
    offsetMinutes = 0,
    dateOrder,
  }: Pick<RecordMapping, "offsetMinutes" | "dateOrder">) {
    this.#times = new TimeReader(offsetMinutes);
    this.#offset = offsetMinutes;
    this.#order = dateOrder;
  }

  /** Milliseconds since 1970 of `[from, to)`, or NaN. */
  read(bytes: Buffer, from: number, to: number): number {
    const moment = this.#times.read(bytes, from, to);
    if (!Number.isNaN(moment)) return moment;
    const text = bytes.toString("utf8", from, to);
    if (text === this.#text) return this.#moment;
    this.#text = text;
    return (this.#moment = readMoment(text, this.#offset, this.#order));
  }
}
