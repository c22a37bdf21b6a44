/** Members of zip archives. */
import type { Readable } from "node:stream";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { Fault } from "../../core/fault.ts";
import { packingOf } from "./decompress.ts";
import { type Opener } from "./input-file.ts";

/** How many archives may lie in each other. */
const DEEPEST = 3;

/** An archive within an archive is read from memory. */
const LARGEST_WITHIN = 256 << 20;

/** An archive that can be opened as often as needed. */
interface Archive {
  /** What the operator calls it. */
  readonly shown: string;
  readonly depth: number;
  open(): Promise<ZipFile>;
}

/** Names are checked member by member: one that is odd shall not cost the others. */
const options = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

/**
 * The members of an archive that are files, and those of archives within; `shown` is what the operator calls the archive. A member that
 * cannot be read says so when it is opened. Throws Fault `input-unreadable` if the archive is damaged.
 */
export async function zipMembers(path: string, shown: string): Promise<Opener[]> {
  return membersOf({ shown, depth: 1, open: () => yauzl.openPromise(path, options) });
}

async function membersOf(archive: Archive): Promise<Opener[]> {
  const members: Opener[] = [];
  for (const entry of await readEntries(archive)) {
    const member = openerOf(archive, entry);
    if (/\.zip$/i.test(member.path)) members.push(...(await membersWithin(archive, member)));
    else members.push(member);
  }
  return members;
}

function openerOf(archive: Archive, entry: Entry): Opener {
  const name = nameOf(entry);
  const wrong = yauzl.validateFileName(name);
  const path = `${archive.shown}!${name}`;
  const open = (): Promise<Readable> => {
    if (wrong === null) return openMember(archive, entry);
    throw new Fault("input-unreadable", `${path}: the member's name is not allowed (${wrong})`);
  };
  return { path, size: entry.compressedSize, packing: "plain", open };
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** The members of a member that is an archive; itself if it is none, or cannot be read. */
async function membersWithin(archive: Archive, member: Opener): Promise<Opener[]> {
  const { depth } = archive;
  try {
    const head = await readUpTo(await member.open(), 16, true);
    if (packingOf(head) !== "zip") return [member];
    if (depth === DEEPEST)
      throw new Fault(
        "input-unreadable",
        `${member.path}: archives lie in each other more than ${DEEPEST} deep`,
      );
    return await membersOf({
      shown: member.path,
      depth: depth + 1,
      open: async () => yauzl.fromBufferPromise(await unpacked(member), options),
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const open = (): never => {
      throw error;
    };
    return [{ ...member, open }];
  }
}

/** The archive within that was read last: its members are read one after another. */
let last: { readonly member: Opener; readonly bytes: Buffer } | undefined;

async function unpacked(member: Opener): Promise<Buffer> {
  if (last?.member === member) return last.bytes;
  last = undefined;
  const bytes = await readUpTo(await member.open(), LARGEST_WITHIN, false);
  if (bytes.length > LARGEST_WITHIN)
    throw new Fault(
      "input-too-large",
      `${member.path}: an archive within an archive may have 256 MB; unpack it first`,
    );
  last = { member, bytes };
  return bytes;
}

/** The bytes of a stream: no more than a little over `most`. */
async function readUpTo(stream: Readable, most: number, headOnly: boolean): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      parts.push(chunk);
      length += chunk.length;
      if (headOnly ? length >= most : length > most) break;
    }
  } catch (cause) {
    throw new Fault("input-unreadable", `the archive within cannot be read (${said(cause)})`, {
      cause,
    });
  } finally {
    stream.destroy();
  }
  return Buffer.concat(parts);
}

async function readEntries(archive: Archive): Promise<Entry[]> {
  const zip = await openArchive(archive);
  return new Promise<Entry[]>((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      if (!nameOf(entry).endsWith("/")) entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (cause: unknown) => reject(unreadable(archive, cause)));
    zip.readEntry();
  }).finally(() => zip.close());
}

async function openMember(archive: Archive, entry: Entry): Promise<Readable> {
  const zip = await openArchive(archive);
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      // The file itself is closed when the stream that is open on it ends or is destroyed.
      zip.close();
      if (cause) reject(unreadable(archive, cause));
      else resolve(stream);
    });
  });
}

async function openArchive(archive: Archive): Promise<ZipFile> {
  try {
    return await archive.open();
  } catch (cause) {
    throw cause instanceof Fault ? cause : unreadable(archive, cause);
  }
}

function unreadable({ shown }: Archive, cause: unknown): Fault {
  return new Fault(
    "input-unreadable",
    `${shown}: the zip archive cannot be read (${said(cause)})`,
    {
      cause,
    },
  );
}

function said(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
