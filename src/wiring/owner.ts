/**
 * Who has a data directory open. The lock is DuckDB's on its file and goes with the process, however it ends; this note only
 * says, to whoever meets the lock, which command holds it and since when.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../core/fault.ts";

interface Owner {
  readonly pid: number;
  readonly command: string;
  readonly since: string;
}

const FILE = "owner.json";

/** Opens what the lock guards and leaves our note. Throws Fault `data-dir-in-use` with the holder's. */
export async function claim<T>(
  dataDir: string,
  command: string,
  now: Date,
  open: () => Promise<T>,
): Promise<T> {
  const path = join(dataDir, FILE);
  let opened: T;
  try {
    opened = await open();
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== "data-dir-in-use") throw cause;
    throw new Fault(
      "data-dir-in-use",
      `${dataDir} is in use by ${await holder(path, cause.message)}; wait for it to end, or name another directory with --data`,
      { cause },
    );
  }
  const mine: Owner = { pid: process.pid, command, since: now.toISOString() };
  // The note is a courtesy: on a full disk the store can still be asked.
  await writeFile(path, `${JSON.stringify(mine)}\n`).catch(() => rm(path, { force: true }));
  return opened;
}

/** Takes the note away. */
export async function release(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true });
}

async function holder(path: string, lock: string): Promise<string> {
  const owner = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as Owner)
    .catch(() => undefined);
  if (!owner || !lock.includes(String(owner.pid))) return lock;
  return `"${owner.command}" (process ${owner.pid}, since ${owner.since})`;
}
