/** What the operator names on the command line: files, directories, globs and `-`. */
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { InputFile } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";
import { packingOf } from "./decompress.ts";
import { OpenableFile } from "./input-file.ts";
import { Spool, type SpoolPlace } from "./spool.ts";
import { zipMembers } from "./zip.ts";

/** Files found, and names that led to nothing. */
export interface FileList {
  readonly files: InputFile[];
  readonly problems: { path: string; fault: Fault }[];
  /** Removes what was put aside. */
  release(): Promise<void>;
}

/** Finds the files. Directories are walked; within one, files come in the order of their names. */
export async function listFiles(paths: readonly string[], place: SpoolPlace): Promise<FileList> {
  const files: InputFile[] = [];
  const problems: { path: string; fault: Fault }[] = [];
  const spool = new Spool(place);
  /** A name that leads to nothing, or one bad file of a directory, does not hold up the others. */
  const attempt = async (path: string, add: () => Promise<void>): Promise<void> => {
    try {
      await add();
    } catch (cause) {
      if (!(cause instanceof Fault) || cause.code === "interrupted") throw cause;
      problems.push({ path, fault: cause });
    }
  };
  const add = async (path: string): Promise<void> =>
    void files.push(...(await inputsOf(await spool.readable(path), path)));
  try {
    for (const path of paths)
      await attempt(path, async () => {
        const barred = (dir: string, fault: Fault): void =>
          void problems.push({ path: dir, fault });
        for (const found of path === "-" ? [path] : await expand(path, barred))
          await attempt(found, () => add(found));
      });
  } catch (error) {
    await spool.release();
    throw error;
  }
  return { files, problems, release: () => spool.release() };
}

/** Tells of a directory that cannot be read. */
type Barred = (dir: string, fault: Fault) => void;

async function expand(path: string, barred: Barred): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return someOf(path, await walk(path, barred));
  if (found) return [path];
  if (isDynamicPattern(path)) {
    const matches = await glob(path, { absolute: false, expandDirectories: false });
    if (matches.length > 0) return matches.sort();
  }
  throw new Fault("input-unreadable", `${path}: there is no such file or directory`);
}

function someOf(dir: string, files: string[]): string[] {
  if (files.length > 0) return files;
  throw new Fault("input-unreadable", `${dir}: there is no file in this directory`);
}

/** The files below a directory, hidden ones and hidden directories left out. */
async function walk(dir: string, barred: Barred): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    barred(dir, new Fault("input-unreadable", `${dir} cannot be read (${message})`, { cause }));
    return [];
  });
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(path, barred)));
    else if (entry.isFile() || (await leadsToFile(path))) found.push(path);
  }
  return found.sort();
}

/** Whether a link leads to a file; one that leads to a folder is not followed, as it may lead back. */
async function leadsToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function inputsOf(path: string, shown: string): Promise<InputFile[]> {
  const size = await sizeOf(path);
  const packing = packingOf(await headOf(path));
  if (packing === "zip")
    return (await zipMembers(path, shown)).map((member) => new OpenableFile(member));
  const open = (): Promise<ReturnType<typeof createReadStream>> =>
    Promise.resolve(createReadStream(path, { highWaterMark: 1 << 20 }));
  return [new OpenableFile({ path: shown, size, packing, open, onDisk: path })];
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw new Fault("input-unreadable", `${path} cannot be read`, { cause });
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("input-unreadable", `${path} cannot be read (${message})`, { cause });
  }
}
