import { writeText } from "../record/index.ts";
import type { ObservationBuilder, TextRef } from "../../../core/observation/index.ts";

/** Hands texts of ours to a builder, which takes bytes. */
export class TextPen {
  #bytes = Buffer.alloc(1024);

  /** Sets `ref` to the text; false if it is empty. */
  encode(text: string, into: ObservationBuilder, ref: TextRef): boolean {
    if (3 * text.length > this.#bytes.length) this.#bytes = Buffer.alloc(6 * text.length);
    into.text(this.#bytes, 0, writeText(this.#bytes, text), ref);
    return ref.hi !== 0;
  }
}
