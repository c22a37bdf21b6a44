/** Puts a spool right that a crash left. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Collector, Delivery } from "../../app/collect-ports.ts";
import { syncFolder } from "./file-spool.ts";
import type { JournalView } from "./journal-view.ts";
import { nameInSpool, nameOfPart } from "./spool-names.ts";

const LF = 10;
const LOOK_BACK = 1 << 20;

/**
 * Removes what the journal does not have, where the remote side has it still; else gives it, to be journaled now: of a file
 * that was being written, its whole lines.
 */
export async function recoverSpool(
  dir: string,
  view: JournalView,
  unjournaled: Collector["unjournaled"],
): Promise<Delivery[]> {
  const journaled = new Set(view.present().map(({ path }) => basename(path)));
  const found: Delivery[] = [];
  for (const file of (await readdir(dir)).sort()) {
    if (journaled.has(file)) continue;
    const name = unjournaled === "kept" ? await keep(dir, file) : undefined;
    if (name === undefined) await rm(join(dir, file), { force: true });
    else found.push(await deliveryOf(dir, name));
  }
  if (found.length > 0) await syncFolder(dir);
  return found;
}

/** Closes a file that was being written; `undefined` if it has no whole line. */
async function keep(dir: string, file: string): Promise<string | undefined> {
  const name = nameOfPart(file);
  if (name === undefined) return file;
  const path = join(dir, file);
  const bytes = await endOfLines(path);
  if (bytes === 0) return undefined;
  const handle = await open(path, "r+");
  try {
    await handle.truncate(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(path, join(dir, name));
  return name;
}

async function endOfLines(path: string): Promise<number> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - LOOK_BACK);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(size - from),
      0,
      size - from,
      from,
    );
    const end = buffer.subarray(0, bytesRead).lastIndexOf(LF);
    return end < 0 ? 0 : from + end + 1;
  } finally {
    await handle.close();
  }
}

async function deliveryOf(dir: string, file: string): Promise<Delivery> {
  const path = join(dir, file);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  const { size } = await stat(path);
  return { id: file, name: nameInSpool(file), path, size, sha256: hash.digest("hex") };
}
