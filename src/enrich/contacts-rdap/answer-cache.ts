import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeAtomic } from "../shared/write-atomic.ts";

/** An answer as it is kept; `null`: the server said that it knows nothing. */
const Kept = z.strictObject({ url: z.string(), until: z.string(), document: z.unknown() });

/** Answers of registries on the disk, each until its time. A file that is damaged is as if it were not there. */
export class AnswerCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The document that is kept of a URL, if it has not expired. */
  async find(url: string, now: Date): Promise<{ readonly document: unknown } | undefined> {
    const text = await readFile(this.#pathOf(url), "utf8").catch(() => "null");
    const kept = Kept.safeParse(parsed(text)).data;
    return kept?.url === url && kept.until > now.toISOString()
      ? { document: kept.document }
      : undefined;
  }

  async keep(url: string, document: unknown, until: Date): Promise<void> {
    const text = JSON.stringify({ url, until: until.toISOString(), document });
    await writeAtomic(this.#pathOf(url), [Buffer.from(text)]);
  }

  #pathOf(url: string): string {
    return join(this.#folder, `${createHash("sha256").update(url).digest("hex")}.json`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
