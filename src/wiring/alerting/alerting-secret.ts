import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Fault } from "../../core/fault.ts";
import { readSecret } from "../collect/secrets.ts";

const LEAST_BYTES = 32;

/** The secret that reply addresses, message ids and pseudonyms are made from. Throws Fault `config-invalid` if it is absent or too short. */
export async function openAlertingSecret(path: string): Promise<KeyObject> {
  const bytes = Buffer.from((await readSecret(path)).reveal());
  if (bytes.length >= LEAST_BYTES) return createSecretKey(bytes);
  throw new Fault("config-invalid", `the secret in ${path} has fewer than ${LEAST_BYTES} bytes`);
}

/** Makes the secret, for its owner only; one that is there stays. */
export async function makeAlertingSecret(path: string): Promise<void> {
  const secret = `${randomBytes(LEAST_BYTES).toString("base64url")}\n`;
  await writeFile(path, secret, { flag: "wx", mode: 0o600 }).catch(unlessThere);
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
