import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { writeAtomic } from "../shared/write-atomic.ts";
import { type PackedTable, type Section, SECTIONS, type SectionName } from "./table.ts";

/** Changes with the layout of the file or the rules by which a table is packed; a file of another version is built anew. */
const MAGIC = "TOCSINLT0001";
const DIGEST_BYTES = 32;
/** Magic, digest of all that follows, length of the header. */
const PREAMBLE = MAGIC.length + DIGEST_BYTES + 4;
const LONGEST_HEADER = 16 * 1024 * 1024;

/** A table as a file: the description is any plain data that JSON holds. */
export interface CachedTable<Description> {
  readonly table: PackedTable;
  readonly description: Description;
}

interface Header<Description> {
  readonly description: Description;
  readonly sections: Record<SectionName, Section>;
  readonly bodyBytes: number;
}

/** Writes table and description as one file, whole or not at all. */
export async function saveTable<Description>(
  path: string,
  { table, description }: CachedTable<Description>,
): Promise<void> {
  const { sections } = table;
  const header = Buffer.from(
    JSON.stringify({ description, sections, bodyBytes: table.body.byteLength }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = new Uint8Array(table.body);
  const digest = createHash("sha256").update(length).update(header).update(body).digest();
  await writeAtomic(path, [Buffer.from(MAGIC, "latin1"), digest, length, header, body]);
}

/** Reads a table back; `undefined` if there is no file, or one that is damaged or of another version. */
export async function loadTable<Description>(
  path: string,
): Promise<CachedTable<Description> | undefined> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    return await readTable<Description>(file);
  } finally {
    await file.close();
  }
}

async function readTable<Description>(
  file: FileHandle,
): Promise<CachedTable<Description> | undefined> {
  const preamble = await readExactly(file, Buffer.alloc(PREAMBLE), 0);
  if (preamble === undefined || preamble.toString("latin1", 0, MAGIC.length) !== MAGIC)
    return undefined;
  const headerLength = preamble.readUInt32LE(PREAMBLE - 4);
  if (headerLength > LONGEST_HEADER) return undefined;
  const headerBytes = await readExactly(file, Buffer.alloc(headerLength), PREAMBLE);
  if (headerBytes === undefined) return undefined;
  const header = parseHeader<Description>(headerBytes);
  const { size } = await file.stat();
  if (header === undefined || size !== PREAMBLE + headerLength + header.bodyBytes) return undefined;
  const body = new SharedArrayBuffer(header.bodyBytes);
  const bytes = await readExactly(file, new Uint8Array(body), PREAMBLE + headerLength);
  if (bytes === undefined) return undefined;
  const digest = createHash("sha256")
    .update(preamble.subarray(PREAMBLE - 4))
    .update(headerBytes)
    .update(bytes)
    .digest();
  const promised = preamble.subarray(MAGIC.length, MAGIC.length + DIGEST_BYTES);
  if (!digest.equals(promised)) return undefined;
  return { table: { body, sections: header.sections }, description: header.description };
}

/** The digest is checked afterwards; here only what reading on needs. */
function parseHeader<Description>(bytes: Buffer): Header<Description> | undefined {
  try {
    const header = JSON.parse(bytes.toString("utf8")) as Header<Description>;
    const complete = SECTIONS.every((name) => header.sections[name] !== undefined);
    return complete && Number.isInteger(header.bodyBytes) ? header : undefined;
  } catch {
    // Damaged, as the answer says.
    return undefined;
  }
}

async function readExactly<View extends Uint8Array>(
  file: FileHandle,
  into: View,
  position: number,
): Promise<View | undefined> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return into;
}
