import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { ExtraWriter, keyOf, type Members, type Words } from "../record/index.ts";
import type { RecordMapping } from "./record-mapping.ts";
import type { SilentWords } from "./silent-words.ts";

/** Lists and objects with nothing in them, apart from `[]` and `{}`. */
const hollow = /^[[{][\s,]*(?:(?:null|"")[\s,]*)*[\]}]$/;
const LONGEST_HOLLOW = 16;

/** Writes the JSON object of all that no field of an observation took. */
export class RestWriter {
  readonly #extra = new ExtraWriter();
  readonly #silent: SilentWords;
  readonly #leftOut: readonly string[];
  #members!: Members;
  /** Per name: its key in the object, or `null` for what is left out. */
  #keys: (Words | null | undefined)[] = [];
  /** Per member: whether a field has it. */
  #taken = new Uint8Array(256);

  constructor({ leaveOut = [] }: Pick<RecordMapping, "leaveOut">, silent: SilentWords) {
    this.#leftOut = leaveOut;
    this.#silent = silent;
  }

  join(members: Members): void {
    this.#members = members;
    this.#keys = [];
  }

  /** Begins a row. */
  begin(): void {
    const { count } = this.#members;
    if (this.#taken.length < count) this.#taken = new Uint8Array(2 * count);
    this.#taken.fill(0, 0, count);
    this.#extra.begin();
  }

  /** Tells that a field has the member. */
  take(slot: number): void {
    this.#taken[slot] = 1;
  }

  /** Adds a text under a name of ours. */
  add(key: Words, bytes: Uint8Array, from: number, to: number): void {
    this.#extra.addCell(key, bytes, from, to);
  }

  /** Sets `ref` to the object of what is left; leaves it alone if nothing is. */
  write(into: ObservationBuilder, ref: TextRef): void {
    const members = this.#members;
    const extra = this.#extra;
    const taken = this.#taken;
    const { count } = members;
    for (let slot = 0; slot < count; slot++) {
      if (taken[slot] === 1) continue;
      const name = members.nameAt(slot);
      if (name === 0) continue;
      let key = this.#keys[name];
      if (key === undefined) this.#keys[name] = key = this.#keyOf(members.names.textOf(name));
      if (key === null) continue;
      const opened = members.openForJson(slot);
      if (opened === "nothing") continue;
      const { bytes, from, to } = members;
      if (opened === "raw") {
        const short = to - from <= LONGEST_HOLLOW;
        if (!short || !hollow.test(bytes.toString("latin1", from, to)))
          extra.addJson(key, bytes, from, to);
      } else if (this.#silent.has(bytes, from, to)) continue;
      else if (opened === "number" || members.isPlain(slot)) extra.addPlain(key, bytes, from, to);
      else extra.addCell(key, bytes, from, to);
    }
    if (extra.end()) into.text(extra.bytes, 0, extra.length, ref);
  }

  #keyOf(name: string): Words | null {
    const out = this.#leftOut.some((it) =>
      it.endsWith("*") ? name.startsWith(it.slice(0, -1)) : name === it,
    );
    return out ? null : keyOf(name);
  }
}
