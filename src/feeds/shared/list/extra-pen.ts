import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";
import { type Fields, type RecordMapping, silence } from "./record-mapping.ts";

/** Writes texts, and the JSON object of all that no field of an observation took. */
export class ExtraPen {
  #bytes = Buffer.alloc(4096);
  readonly #nothing: ReadonlySet<string>;
  readonly #leftOut: readonly string[];
  readonly #keys = new Map<string, string>();
  readonly #taken: string[] = [];
  #added = "";

  constructor({ nothing = [], leaveOut = [] }: Pick<RecordMapping, "nothing" | "leaveOut">) {
    this.#nothing = new Set([...silence, ...nothing]);
    this.#leftOut = leaveOut;
  }

  /** Begins a row. */
  begin(): void {
    this.#taken.length = 0;
    this.#added = "";
  }

  /** Tells that a field has the column. */
  take(column: string): void {
    this.#taken.push(column);
  }

  /** Adds a member that is no column. */
  add(name: string, value: string): void {
    this.#added += this.#key(name) + JSON.stringify(value);
  }

  /** Sets `ref` to the object of what is left; leaves it alone if nothing is. */
  write(fields: Fields, into: ObservationBuilder, ref: TextRef): void {
    let json = this.#added;
    for (const column in fields) {
      const value = fields[column]!;
      if (this.#nothing.has(value) || this.#taken.includes(column)) continue;
      const key = this.#key(column);
      if (key !== "") json += key + JSON.stringify(value);
    }
    if (json !== "") this.encode(`{${json.slice(1)}}`, into, ref);
  }

  /** Sets `ref` to the text. */
  encode(text: string, into: ObservationBuilder, ref: TextRef): void {
    if (3 * text.length > this.#bytes.length) this.#bytes = Buffer.alloc(6 * text.length);
    const length = this.#bytes.write(text, 0);
    into.text(this.#bytes, 0, length, ref);
  }

  /** `,"name":`, or `""` for what is left out. */
  #key(name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      const out = this.#leftOut.some((it) =>
        it.endsWith("*") ? name.startsWith(it.slice(0, -1)) : name === it,
      );
      key = out ? "" : `,${JSON.stringify(name)}:`;
      if (this.#keys.size < 4096) this.#keys.set(name, key);
    }
    return key;
  }
}
