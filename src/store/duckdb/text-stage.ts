import { randomInt } from "node:crypto";
import type { Texts } from "../../core/observation/index.ts";
import { type TableAppender, VECTOR_ROWS } from "./appender.ts";
import type { Session } from "./database.ts";

/** Behind every block. */
const LAST_BLOCK = 4_294_967_295;
const CACHE_PLACES = 1 << 16;
/** The code's two words, and a check of the text. */
const CACHE_WORDS = 3;
/** Nobody outside knows it: so nobody can make a text that the cache takes for another one of the same code. */
const CHECK_KEY = randomInt(2 ** 32) | 0;

/** From one block of the part to before another, a code stands for another text than in the dictionary. */
export interface TextClash {
  readonly code: bigint;
  readonly from: number;
  readonly until: number;
}

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
    await session.run(
      "CREATE OR REPLACE TEMP TABLE text_stage (code UBIGINT, text VARCHAR, block UINTEGER)",
    );
    return new TextStage(session);
  }

  /** Stages the texts of a block, the `block`th of the part; blocks come in their order. */
  add(texts: Texts, block: number): void {
    const codes = this.#appender.words(0);
    const blocks = this.#appender.words(2);
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
      blocks[this.#filled] = block;
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

  /**
   * Puts the new texts into the dictionary. Where two texts have one code, the first that was stored stays, and it is told where
   * the part means another one: a text that comes again is staged again whenever its code meant another one in between.
   */
  async settle(): Promise<TextClash[]> {
    this.#flush();
    this.#appender.close();
    const clashes = this.#any ? await this.#clashes() : [];
    for (const { code, from } of clashes)
      await this.#session.run(
        "DELETE FROM text_stage WHERE code = $1::UBIGINT AND block = $2::UINTEGER",
        [String(code), from],
      );
    if (this.#any)
      await this.#session.run(
        `INSERT INTO text SELECT code, any_value(text) FROM text_stage
           WHERE code NOT IN (SELECT code FROM text) GROUP BY code`,
      );
    await this.#session.run("DROP TABLE text_stage");
    return clashes;
  }

  async #clashes(): Promise<TextClash[]> {
    const codes = await this.#session.rows<{ code: bigint }>(
      `SELECT code FROM (SELECT code, text FROM text_stage UNION ALL
         SELECT t.code, t.text FROM text t WHERE t.code IN (SELECT code FROM text_stage))
       GROUP BY code HAVING count(DISTINCT text) > 1`,
    );
    if (codes.length === 0) return [];
    const list = codes.map(({ code }) => code).join(",");
    return this.#session.rows<TextClash>(
      `SELECT code, block AS "from", until FROM (
         SELECT s.code, s.text, s.block,
           lead(s.block, 1, ${LAST_BLOCK}) OVER in_order AS until,
           coalesce(t.text, first_value(s.text) OVER in_order) AS winner
         FROM text_stage s LEFT JOIN text t ON t.code = s.code WHERE s.code IN (${list})
         WINDOW in_order AS (PARTITION BY s.code ORDER BY s.block))
       WHERE text <> winner ORDER BY code, block`,
    );
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
