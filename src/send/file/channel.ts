import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, MessageChannel, OutboundMessage } from "../../app/case-ports.ts";
import { fileNameOf, folderBelow } from "./place.ts";

/**
 * Puts messages into folders below one root, each as a file that is whole when it is seen: written beside, made durable, renamed. A file
 * that is there already with the same bytes is the message; one with others is never overwritten.
 */
export function makeFileChannel(root: string): MessageChannel {
  return {
    channel: "file",
    async deliver(message) {
      try {
        return await drop(root, message);
      } catch (error) {
        // The disk is full, or the folder is not ours to write; anything else is a mistake of ours.
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
        return { outcome: "deferred", reason: (error as Error).message };
      }
    },
    close: async () => undefined,
  };
}

async function drop(root: string, message: OutboundMessage): Promise<Delivery> {
  const { deliveryKey, bytes, to } = message;
  const name = fileNameOf(deliveryKey, bytes);
  if (name === undefined) return refuse(`${JSON.stringify(deliveryKey)} gives no file name`);
  const folder = await folderBelow(root, to);
  if (folder === undefined) return refuse(`${JSON.stringify(to)} is no folder of the drop folder`);
  const path = join(folder, name);
  const there = await readFile(path).catch(unlessAbsent);
  if (there !== undefined)
    return Buffer.compare(there, bytes) === 0
      ? { outcome: "delivered", response: `${name} is there` }
      : refuse(`${name} is there with other bytes`);
  await write(folder, name, bytes);
  return { outcome: "delivered", response: name };
}

async function write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const beside = join(folder, `.${name}.part`);
  // What a crash left behind.
  await rm(beside, { force: true });
  const file = await open(beside, "wx", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(folder, name));
  const directory = await open(folder);
  await directory.sync().finally(() => directory.close());
}

function refuse(reason: string): Delivery {
  return { outcome: "refused", reason };
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
