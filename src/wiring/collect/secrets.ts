import { readFile } from "node:fs/promises";
import { Fault } from "../../core/fault.ts";
import { Secret } from "../../core/secret.ts";

/** A secret out of its file; a line end behind it is not part of it. */
export async function readSecret(path: string): Promise<Secret> {
  const text = (await readText(path)).replace(/\r?\n$/, "");
  if (text !== "") return new Secret(text);
  throw new Fault("config-invalid", `the secret in ${path} is empty`);
}

/** A file that the configuration names. */
export async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("config-invalid", `${path} cannot be read (${message})`, { cause });
  });
}
