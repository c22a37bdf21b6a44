/** A journal on disk: JSON lines that are appended and made durable one by one. */
import { type FileHandle, open, readFile } from "node:fs/promises";
import type { JournalLine } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";
import { diskFault } from "../shared/disk-fault.ts";

const LF = 10;

/** The lines of a journal, and how many bytes of the file they are: what is behind was cut short by a crash. */
export async function readJournal(path: string): Promise<{ lines: JournalLine[]; bytes: number }> {
  const text = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return Buffer.alloc(0);
    throw new Fault("store-corrupt", `${path} cannot be read (${cause.message})`, { cause });
  });
  const lines: JournalLine[] = [];
  let bytes = 0;
  let torn = false;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf(LF, at);
    const line = end < 0 ? undefined : lineOf(text.subarray(at, end));
    if (line) {
      if (torn) throw new Fault("store-corrupt", `${path} is damaged at byte ${bytes}`);
      lines.push(line);
      bytes = end + 1;
    } else torn = true;
    if (end < 0) break;
    at = end + 1;
  }
  return { lines, bytes };
}

function lineOf(bytes: Uint8Array): JournalLine | undefined {
  try {
    const line = JSON.parse(Buffer.from(bytes).toString()) as JournalLine | null;
    return typeof line?.event === "string" ? line : undefined;
  } catch {
    return undefined;
  }
}

/** Appends lines; one after the other, in the order of the calls. */
export class JournalFile {
  readonly #file: FileHandle;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens a journal for appending, behind its good bytes. */
  static async open(path: string, bytes: number): Promise<JournalFile> {
    const file = await open(path, "a", 0o600);
    if ((await file.stat()).size > bytes) {
      await file.truncate(bytes);
      await file.sync();
    }
    return new JournalFile(file);
  }

  /** Returns when the line is durable. */
  append(line: JournalLine): Promise<void> {
    const write = async (): Promise<void> => {
      try {
        await this.#file.appendFile(`${JSON.stringify(line)}\n`);
        await this.#file.datasync();
      } catch (cause) {
        throw diskFault(cause, "the journal");
      }
    };
    // What failed before was told to whoever asked for it.
    this.#last = this.#last.then(write, write);
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }
}
