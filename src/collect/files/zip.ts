/** Members of zip archives. */
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { Fault } from "../../core/fault.ts";
import { type Opener } from "./input-file.ts";

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/**
 * The members of an archive that are files; `shown` is what the operator calls the archive. Throws Fault `input-unreadable` if it
 * is damaged.
 */
export async function zipMembers(path: string, shown: string): Promise<Opener[]> {
  const entries = await readEntries(path);
  return entries.map((entry) => ({
    path: `${shown}!${entry.fileName}`,
    size: entry.compressedSize,
    packing: "plain",
    open: () => openMember(path, entry),
  }));
}

async function readEntries(path: string): Promise<Entry[]> {
  const zip = await openArchive(path);
  return new Promise<Entry[]>((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      if (!entry.fileName.endsWith("/")) entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (cause: unknown) => reject(unreadable(path, cause)));
    zip.readEntry();
  }).finally(() => zip.close());
}

async function openMember(path: string, entry: Entry): Promise<Readable> {
  const zip = await openArchive(path);
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      // The file itself is closed when the stream that is open on it ends or is destroyed.
      zip.close();
      if (cause) reject(unreadable(path, cause));
      else resolve(stream);
    });
  });
}

async function openArchive(path: string): Promise<ZipFile> {
  try {
    return await openZip(path, { lazyEntries: true, autoClose: false });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): Fault {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Fault("input-unreadable", `${path}: the zip archive cannot be read (${message})`, {
    cause,
  });
}
