import { randomInt } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Texts } from "../../core/observation/index.ts";
import { type TableAppender, VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

const CACHE_PLACES = 1 << 16;
/** The code's two words, and a check of the text. */
const CACHE_WORDS = 3;
/** Nobody outside knows it: so nobody can make a text that the cache takes for another one of the same code. */
const CHECK_KEY = randomInt(2 ** 32) | 0;

/** Gathers the texts of a part, and adds the new ones to the dictionary when the part commits. */
export class TextStage {
  readonly #session: Session;
  readonly #appender: TableAppender;
  /** Codes staged or stored lately, direct-mapped: most texts come again in every block. */
  readonly #cache = new Uint32Array(CACHE_WORDS * CACHE_PLACES);
  #filled = 0;
  #any = false;

  private constructor(session: Session) {
    this.#session = session;
    this.#appender = session.appender("text_stage");
  }

  /** Begins within the session's transaction. */
  static async open(session: Session): Promise<TextStage> {
    await session.run("CREATE OR REPLACE TEMP TABLE text_stage (code UBIGINT, text VARCHAR)");
    return new TextStage(session);
  }

  /** Stages the texts of a block. */
  add(texts: Texts): void {
    const codes = this.#appender.words(0);
    const cache = this.#cache;
    const view = new DataView(texts.bytes.buffer, texts.bytes.byteOffset, texts.bytes.length);
    for (let at = 0; at < texts.count; at++) {
      const lo = texts.codes[2 * at]!;
      const hi = texts.codes[2 * at + 1]!;
      const from = at === 0 ? 0 : texts.ends[at - 1]!;
      const check = checkOf(view, from, texts.ends[at]!);
      const place = CACHE_WORDS * ((lo ^ hi) & (CACHE_PLACES - 1));
      if (cache[place] === lo && cache[place + 1] === hi && cache[place + 2] === check) continue;
      cache[place] = lo;
      cache[place + 1] = hi;
      cache[place + 2] = check;
      codes[2 * this.#filled] = lo;
      codes[2 * this.#filled + 1] = hi;
      this.#appender.texts(1)[this.#filled] = printable(
        texts.bytes.subarray(from, texts.ends[at]!),
      );
      this.#any = true;
      if (++this.#filled === VECTOR_ROWS) this.#flush();
    }
  }

  /** Forgets everything, before a rollback. */
  discard(): void {
    this.#appender.discard();
  }

  /** Puts the new texts into the dictionary. Throws Fault `text-collision` if two texts have one code. */
  async settle(): Promise<void> {
    this.#flush();
    this.#appender.close();
    if (this.#any) {
      const clashes = await this.#session.rows<{ code: bigint }>(
        `SELECT code FROM (SELECT code, text FROM text_stage UNION ALL
           SELECT t.code, t.text FROM text t WHERE t.code IN (SELECT code FROM text_stage))
         GROUP BY code HAVING count(DISTINCT text) > 1 LIMIT 1`,
      );
      if (clashes.length > 0)
        throw new Fault("text-collision", `two different texts have the code ${clashes[0]!.code}`);
      await this.#session.run(
        `INSERT INTO text SELECT code, any_value(text) FROM text_stage
           WHERE code NOT IN (SELECT code FROM text) GROUP BY code`,
      );
    }
    await this.#session.run("DROP TABLE text_stage");
  }

  #flush(): void {
    this.#appender.flush(this.#filled);
    this.#filled = 0;
  }
}

/** A keyed hash of the bytes `[from, to)`. */
function checkOf(view: DataView, from: number, to: number): number {
  let hash = CHECK_KEY ^ (to - from);
  let at = from;
  for (; at + 4 <= to; at += 4)
    hash = Math.imul(hash ^ view.getInt32(at, true), CHECK_KEY | 1) ^ (hash >>> 13);
  for (; at < to; at++) hash = Math.imul(hash ^ view.getUint8(at), CHECK_KEY | 1) ^ (hash >>> 13);
  return hash >>> 0;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");

/** DuckDB takes valid UTF-8 without NUL only; other bytes are shown as U+FFFD. */
function printable(bytes: Uint8Array): Uint8Array | string {
  try {
    decoder.decode(bytes);
    return bytes.includes(0) ? lenient.decode(bytes).replaceAll("\0", "\ufffd") : bytes;
  } catch {
    return lenient.decode(bytes).replaceAll("\0", "\ufffd");
  }
}
