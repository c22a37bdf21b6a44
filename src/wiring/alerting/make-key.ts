import { access, readFile, rm, writeFile } from "node:fs/promises";
import type { MadeKey, MakeKeyOptions } from "../../cli/index.ts";
import { Fault } from "../../core/fault.ts";
import { Secret } from "../../core/secret.ts";
import type { Instant } from "../../core/time/index.ts";
import { makeSigningKey } from "../../send/mail/index.ts";

/** Only its owner may read it. */
const OWNER_ONLY = 0o600;
const EVERYBODY = 0o644;

/**
 * Makes an OpenPGP key and writes its three files: all of them or none, and over nothing that is there. Throws Fault `output-unwritable`,
 * or `input-unreadable` for the passphrase.
 */
export async function makeKey(options: MakeKeyOptions, now: Instant): Promise<MadeKey> {
  const { out, passphraseFile } = options;
  const stem = out.replace(/\.(asc|pgp|gpg|key)$/i, "");
  const publicKeyFile = `${stem}.public.asc`;
  const revocationFile = `${stem}.revocation.asc`;
  for (const path of [out, publicKeyFile, revocationFile]) await mustBeFree(path);
  const passphrase =
    passphraseFile === undefined ? undefined : await readPassphrase(passphraseFile);
  const key = await makeSigningKey(options.name, options.mail, {
    now,
    ...(passphrase && { passphrase }),
  });
  await writeAll([
    { path: publicKeyFile, text: key.publicKey, mode: EVERYBODY },
    { path: revocationFile, text: key.revocation, mode: OWNER_ONLY },
    { path: out, text: key.privateKey.reveal(), mode: OWNER_ONLY },
  ]);
  return { fingerprint: key.fingerprint, keyFile: out, publicKeyFile, revocationFile };
}

async function mustBeFree(path: string): Promise<void> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) throw new Fault("output-unwritable", `${path} is there already, and stays`);
}

async function readPassphrase(path: string): Promise<Secret> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Fault("input-unreadable", `${path} cannot be read`, { cause });
  });
  const passphrase = text.replace(/\r?\n$/, "");
  if (passphrase !== "") return new Secret(passphrase);
  throw new Fault("input-unreadable", `the passphrase in ${path} is empty`);
}

interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** If one cannot be written, those before it go again: half a key is none. */
async function writeAll(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  for (const { path, text, mode } of files) {
    try {
      await writeFile(path, text, { flag: "wx", mode, flush: true });
      written.push(path);
    } catch (cause) {
      for (const half of written) await rm(half, { force: true });
      throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
    }
  }
}
