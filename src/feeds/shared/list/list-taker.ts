import {
  ALL_OF_ELEMENT,
  type ObservationBuilder,
  type RefusalReason,
} from "../../../core/observation/index.ts";
import type { Members, RecordTaker } from "../record/index.ts";
import type { ListType } from "./list-type.ts";
import type { RecordFiller } from "./record-filler.ts";

/** Makes observations of the records of a list. */
export class ListTaker implements RecordTaker {
  readonly #rework: ListType["rework"];
  readonly #hostless: ListType["hostless"];
  readonly #filler: RecordFiller;
  /** Under which member of its document the record lies. */
  #place = "";
  #members!: Members;
  /** The number of the name `type`. */
  #type = 0;
  #into!: ObservationBuilder;

  constructor({ rework, hostless }: Pick<ListType, "rework" | "hostless">, filler: RecordFiller) {
    this.#rework = rework;
    this.#hostless = hostless;
    this.#filler = filler;
  }

  join(members: Members): void {
    this.#members = members;
    this.#type = members.names.idOf("type");
    this.#filler.join(members);
  }

  begin(into: ObservationBuilder): void {
    this.#into = into;
    this.#filler.begin(into);
  }

  /** The records that follow lie under the document's member of this name. */
  under(place: string): void {
    this.#place = place;
  }

  /**
   * Adds the observations that the record asserts. What of them cannot be read refuses the row, once: those that can be read are
   * kept.
   */
  take(block: Uint8Array, from: number, to: number, line: number): void {
    const into = this.#into;
    const members = this.#members;
    if (this.#isEnvelope()) return into.skip("context", line);
    const hostless = this.#hostless;
    if (hostless !== undefined && hostless.looks.test(members.text(hostless.column)))
      return into.skip("names-no-host", line);
    into.row.line = line;
    let why: RefusalReason | undefined;
    const all = this.#rework?.(members, this.#place);
    if (all === undefined) why = this.#add(block, from, to);
    else if (all.length === 0) why = "address-missing";
    else
      for (const facts of all) {
        members.put(facts);
        const reason = this.#add(block, from, to);
        members.forget();
        why ??= reason;
      }
    if (why === undefined) return;
    into.element.nth = all === undefined ? 0 : ALL_OF_ELEMENT;
    into.refuse(why, line, block, from, to);
    into.element.nth = 0;
  }

  /** Whether the record is what the list says of itself, as the last line of a list of Spamhaus is. */
  #isEnvelope(): boolean {
    const slot = this.#members.slotOf(this.#type);
    return slot >= 0 && this.#members.textAt(slot) === "metadata";
  }

  #add(block: Uint8Array, from: number, to: number): RefusalReason | undefined {
    const reason = this.#filler.fill();
    if (reason === undefined) this.#into.add(block, from, to);
    else this.#into.reset();
    return reason;
  }
}
