import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, Spool, SpoolEntry, SpoolFile } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";
import { diskFault } from "../shared/disk-fault.ts";
import { nameInSpool, partName, spoolName } from "./spool-names.ts";

/** A spool that is a folder. */
export class FileSpool implements Spool {
  readonly #dir: string;
  readonly #now: () => Date;

  constructor(dir: string, now: () => Date) {
    this.#dir = dir;
    this.#now = now;
  }

  async open(entry: SpoolEntry): Promise<SpoolFile> {
    const name = spoolName(entry.name, this.#now());
    const path = join(this.#dir, partName(name));
    const handle = await open(path, "wx", 0o600).catch((cause: unknown) => {
      throw diskFault(cause, path);
    });
    return new OpenFile(this.#dir, name, handle, entry);
  }

  async put(
    entry: SpoolEntry,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<Delivery> {
    const file = await this.open(entry);
    try {
      for await (const chunk of chunks) await file.write(chunk);
      return await file.commit();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }
}

class OpenFile implements SpoolFile {
  readonly #dir: string;
  readonly #name: string;
  readonly #handle: FileHandle;
  readonly #entry: SpoolEntry;
  readonly #hash: Hash = createHash("sha256");
  bytes = 0;

  constructor(dir: string, name: string, handle: FileHandle, entry: SpoolEntry) {
    this.#dir = dir;
    this.#name = name;
    this.#handle = handle;
    this.#entry = entry;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const { id, maxBytes = Infinity } = this.#entry;
    this.bytes += chunk.length;
    if (this.bytes > maxBytes)
      throw new Fault("input-too-large", `${id} is larger than ${maxBytes} bytes`);
    this.#hash.update(chunk);
    await this.#handle.appendFile(chunk).catch((cause: unknown) => {
      throw diskFault(cause, this.#dir);
    });
  }

  sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  async commit(): Promise<Delivery> {
    const path = join(this.#dir, this.#name);
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(join(this.#dir, partName(this.#name)), path);
      await syncFolder(this.#dir);
    } catch (cause) {
      throw diskFault(cause, path);
    }
    const { id, facts } = this.#entry;
    return {
      id,
      name: nameInSpool(this.#name),
      path,
      size: this.bytes,
      sha256: this.sha256(),
      ...(facts ? { facts } : {}),
    };
  }

  async discard(): Promise<void> {
    // It may be closed already: then its commit was under way.
    await this.#handle.close().catch(() => undefined);
    await rm(join(this.#dir, partName(this.#name)), { force: true });
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
