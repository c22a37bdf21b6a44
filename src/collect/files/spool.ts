/** Copies of what can be read only once: standard input and pipes. A file must be readable twice. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Fault } from "../../core/fault.ts";

/** Where copies are kept for the time of an ingest. */
export interface SpoolPlace {
  readonly stdin: NodeJS.ReadableStream;
  readonly dir: string;
  /** Ends the waiting for what does not come, with Fault `interrupted`. */
  readonly signal?: AbortSignal;
}

/** Keeps the copies. */
export class Spool {
  readonly #place: SpoolPlace;
  readonly #copies = new Map<string, string>();
  #folder: string | undefined;

  constructor(place: SpoolPlace) {
    this.#place = place;
  }

  /** The path under which a file can be read as often as needed: its own, or that of a copy. */
  async readable(path: string): Promise<string> {
    const copy = this.#copies.get(path);
    if (copy !== undefined) return copy;
    if (path === "-") return this.#copy(path, this.#place.stdin);
    const found = await stat(path).catch(() => undefined);
    const once = found?.isFIFO() || found?.isCharacterDevice() || found?.isSocket();
    return once ? this.#copy(path, createReadStream(path)) : path;
  }

  async #copy(path: string, from: NodeJS.ReadableStream): Promise<string> {
    this.#folder ??= await mkdtemp(join(this.#place.dir, "stdin-"));
    const copy = join(this.#folder, String(this.#copies.size));
    const { signal } = this.#place;
    try {
      await pipeline(from, createWriteStream(copy), signal ? { signal } : {});
    } catch (cause) {
      if (signal?.aborted)
        throw new Fault("interrupted", `${path} was not read to its end`, { cause });
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Fault("input-unreadable", `${path} cannot be read (${message})`, { cause });
    }
    this.#copies.set(path, copy);
    return copy;
  }

  /** Removes the copies. */
  async release(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}
