import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Fault } from "../core/fault.ts";
import type { Truth } from "./truth.ts";

const TRUTH_FILE = "truth.json";
const DAYS_FOLDER = "days";

/**
 * A replay is built in `<out>.partial` and renamed to `<out>` when it is whole. A run that is killed leaves the
 * `.partial` folder; the next one starts it afresh. An earlier replay at `<out>` is replaced, anything else is not touched.
 */
export class ReplayFolder {
  private readonly out: string;
  private readonly partial: string;

  private constructor(out: string) {
    this.out = out;
    this.partial = `${out}.partial`;
  }

  /** Throws the fault `output-unwritable` if `out` holds something that is not a replay. */
  static async open(out: string): Promise<ReplayFolder> {
    const folder = new ReplayFolder(resolve(out));
    await refuseOtherContent(folder.out);
    await rm(folder.partial, { recursive: true, force: true });
    await mkdir(folder.days, { recursive: true });
    return folder;
  }

  /** Where the daily files go until the replay is whole. */
  get days(): string {
    return join(this.partial, DAYS_FOLDER);
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.partial, name), text);
  }

  /** Writes the truth as the last file and puts the replay in its place. */
  async finish(truth: Truth): Promise<void> {
    await this.write(TRUTH_FILE, `${JSON.stringify(truth, null, 1)}\n`);
    await rm(this.out, { recursive: true, force: true });
    await rename(this.partial, this.out);
  }
}

async function refuseOtherContent(out: string): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (names.length > 0 && !(await holdsReplay(out))) {
    throw new Fault(
      "output-unwritable",
      `${out} is not empty and is not a replay; choose another folder`,
    );
  }
}

async function holdsReplay(out: string): Promise<boolean> {
  try {
    const truth: unknown = JSON.parse(await readFile(join(out, TRUTH_FILE), "utf8"));
    return typeof truth === "object" && truth !== null && "seed" in truth && "scale" in truth;
  } catch {
    return false;
  }
}

/** The fault for a failed write, with its code by cause; a fault stays as it is, and so does a mistake of ours. */
export function asOutputFault(error: unknown, out: string): unknown {
  const cause = error as NodeJS.ErrnoException;
  if (error instanceof Fault || typeof cause.syscall !== "string") return error;
  const code =
    cause.code === "ENOSPC" || cause.code === "EDQUOT" ? "no-space-left" : "output-unwritable";
  return new Fault(code, `the replay cannot be written to ${out}: ${cause.message}`, { cause });
}
