import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Collector, CollectRun, Delivery, Taken } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";
import { diskFault } from "../shared/disk-fault.ts";
import { look, type SeenFile } from "./look.ts";

/** A directory that somebody else puts files into. */
export interface DirectoryOptions {
  readonly path: string;
  /** Patterns such as `*.csv`; one with a `/` is matched against the whole path below the directory. */
  readonly files: readonly string[];
  readonly recursive: boolean;
  /** A file is finished when size and time stay the same for so long. */
  readonly settleSeconds: number;
  /** What becomes of a file that was taken. */
  readonly after: "keep" | "delete" | { readonly moveTo: string };
}

/**
 * Takes the finished files of a directory. A file that is written again is another delivery; one that changes while it is copied
 * is left for the next run.
 */
export function makeDirectoryCollector(options: DirectoryOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: DirectoryOptions, run: CollectRun): AsyncGenerator<Taken> {
  const files = await look(options.path, options.files, options.recursive);
  // Taken before, but a crash came before it was put away.
  for (const file of files) if (run.known(idOf(file))) await putAway(options, file);
  const fresh = files.filter((file) => !run.known(idOf(file)));
  if (fresh.length === 0) return;
  await run.sleep(options.settleSeconds * 1000);
  for (const file of fresh) {
    if (run.signal.aborted) return;
    if (!(await unchanged(file))) continue;
    const delivery = await take(file, run);
    if (!delivery) continue;
    yield { deliveries: [delivery] };
    await putAway(options, file);
  }
}

function idOf({ name, size, mtimeMs }: SeenFile): string {
  return `${name}@${mtimeMs}/${size}`;
}

async function unchanged({ path, size, mtimeMs }: SeenFile): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  return now?.size === size && now.mtimeMs === mtimeMs;
}

async function take(file: SeenFile, { spool }: CollectRun): Promise<Delivery | undefined> {
  const copy = await spool.open({ id: idOf(file), name: basename(file.name) });
  try {
    for await (const chunk of bytesOf(file)) await copy.write(chunk);
    if (copy.bytes === file.size && (await unchanged(file))) return await copy.commit();
  } catch (error) {
    await copy.discard();
    throw error;
  }
  await copy.discard();
  return undefined;
}

async function* bytesOf({ path }: SeenFile): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      yield chunk as Uint8Array;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // Gone: then it has changed, and whoever asks finds that.
    if (code === "ENOENT") return;
    throw new Fault("input-unreadable", `${path} cannot be read (${message})`, { cause });
  }
}

async function putAway({ after }: DirectoryOptions, file: SeenFile): Promise<void> {
  if (after === "keep" || !(await unchanged(file))) return;
  try {
    if (after === "delete") await rm(file.path, { force: true });
    else await move(file, after.moveTo);
  } catch (cause) {
    throw diskFault(cause, file.path);
  }
}

async function move({ path, name, mtimeMs }: SeenFile, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const last = basename(name);
  const there = await stat(join(dir, last)).catch(() => undefined);
  const target = join(dir, there ? `${Math.floor(mtimeMs)}-${last}` : last);
  try {
    await rename(path, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(path, target);
    await rm(path, { force: true });
  }
}
