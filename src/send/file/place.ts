import { lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** A folder's name: nothing that means another place to any system. */
const NAME = /^(?!\.)[^\p{Cc}/\\:*?"<>|]{1,200}$/u;
const KEY = /^([A-Za-z0-9-]{1,80})\/([A-Za-z0-9-]{1,80})$/;

/**
 * The folder that a contact's path names below the root, made if it is not there. A way that would leave the root, by its names or by a
 * symbolic link, gives `undefined`.
 */
export async function folderBelow(root: string, path: string): Promise<string | undefined> {
  const names = path.replace(/^\.\//, "").split("/");
  const parts = names.filter((name) => name !== "" && name !== ".");
  if (path.startsWith("/") || !parts.every((name) => NAME.test(name))) return undefined;
  let folder = root;
  for (const name of parts) {
    folder = join(folder, name);
    await mkdir(folder).catch(unlessThere);
    if (!(await lstat(folder)).isDirectory()) return undefined;
  }
  return folder;
}

/** A file's name, another one for every delivery key; `undefined` if it is no delivery key. */
export function fileNameOf(deliveryKey: string, bytes: Uint8Array): string | undefined {
  const [, alert, message] = KEY.exec(deliveryKey) ?? [];
  if (alert === undefined || message === undefined) return undefined;
  return `${alert}.${message}.${bytes[0] === 0x7b ? "json" : "eml"}`;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
