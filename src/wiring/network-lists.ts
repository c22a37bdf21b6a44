import { readFile } from "node:fs/promises";
import { Fault } from "../core/fault.ts";

/** The CIDRs of an operator's lists, one a line; `#` begins a comment. */
export async function readNetworkLists(paths: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(paths.map(readList));
  return lists.flat();
}

async function readList(path: string): Promise<string[]> {
  try {
    const lines = (await readFile(path, "utf8")).split(/\r\n|\r|\n/);
    return lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "");
  } catch (cause) {
    throw new Fault("config-invalid", `warningLists: ${path} cannot be read`, { cause });
  }
}
