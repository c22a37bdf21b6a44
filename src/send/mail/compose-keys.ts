import {
  config,
  type Config,
  decryptKey,
  enums,
  generateKey,
  type Key,
  type PrivateKey,
  type PublicKey,
  readKeys,
  readPrivateKey,
} from "openpgp";
import { Fault } from "../../core/fault.ts";
import type { Contact, ContactKey } from "../../core/institution/index.ts";
import { Secret } from "../../core/secret.ts";
import type { Instant } from "../../core/time/index.ts";

/**
 * How OpenPGP is written so that everybody can read it (gpg 2.2, sqv, gosop, PGPainless, rnp): keys of version 4, SHA-512, no AEAD,
 * no compression, nothing random in a signature.
 */
export const openpgpStyle = {
  v6Keys: false,
  aeadProtect: false,
  preferredHashAlgorithm: enums.hash.sha512,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  nonDeterministicSignaturesViaNotation: false,
  showVersion: false,
  showComment: false,
} as const satisfies Partial<Config>;

/** A new key to sign with, armoured. */
export interface SigningKey {
  /** The private key; without a passphrase if none was given: then its file must be readable by us only. */
  readonly privateKey: Secret;
  /** For those whom we write to, and for directories. */
  readonly publicKey: string;
  /** To be kept apart from the key, for the day on which it is lost. */
  readonly revocation: string;
  /** Upper-case hex without blanks. */
  readonly fingerprint: string;
}

/** Makes a key for a name and an address: Ed25519 and Curve25519 in their older form, version 4, which every program knows. */
export async function makeSigningKey(
  name: string,
  mail: string,
  options: { readonly now: Instant; readonly passphrase?: Secret },
): Promise<SigningKey> {
  const made = await generateKey({
    type: "ecc",
    curve: "curve25519Legacy",
    userIDs: [{ name, email: mail }],
    date: new Date(options.now),
    format: "armored",
    config: openpgpStyle,
    ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase.reveal() }),
  });
  const key = await readPrivateKey({ armoredKey: made.privateKey });
  return {
    privateKey: new Secret(made.privateKey),
    publicKey: made.publicKey,
    revocation: made.revocationCertificate,
    fingerprint: fingerprintOf(key),
  };
}

/** Reads our own key. Throws Fault `key-unusable`. */
export async function openSigningKey(armored: Secret, passphrase?: Secret): Promise<PrivateKey> {
  try {
    const key = await readPrivateKey({ armoredKey: armored.reveal() });
    if (key.isDecrypted()) return key;
    return await decryptKey({ privateKey: key, passphrase: passphrase?.reveal() ?? "" });
  } catch (cause) {
    throw new Fault("key-unusable", "our OpenPGP key cannot be read; is the passphrase right?", {
      cause,
    });
  }
}

/** Reads the key of a contact, or says why it cannot be used at a moment. */
export type KeyReader = (
  contact: Pick<Contact, "key">,
  now: Instant,
) => Promise<PublicKey | string>;

/** Keys that are remembered: reading one takes longer than all the rest of a message. */
const MOST_KEYS = 1_000;

/** Makes a reader that remembers what it has read. */
export function makeKeyReader(): KeyReader {
  const read = new Map<string, PublicKey | string>();
  return async ({ key }, now) => {
    const why = whyUnusable(key, now);
    if (why !== null || key === null) return why ?? "";
    const name = `${key.fingerprint} ${key.text}`;
    const known = read.get(name) ?? (await readKey(key));
    if (read.size === MOST_KEYS) read.clear();
    read.set(name, known);
    return typeof known === "string" ? known : ((await whyNotAt(known, now)) ?? known);
  };
}

function whyUnusable(key: ContactKey | null, now: Instant): string | null {
  if (key === null) return "the contact has no key";
  if (key.type !== "openpgp") return "the contact has an S/MIME certificate and no OpenPGP key";
  if (key.text === "") return "only the fingerprint of the contact's key is known";
  if (key.expires === null || key.expires > now) return null;
  return `the contact's key expired on ${key.expires.slice(0, 10)}`;
}

async function readKey({ text, fingerprint }: ContactKey): Promise<PublicKey | string> {
  try {
    const all = await readKeys({ armoredKeys: text });
    const found = all.find((one) => fingerprintOf(one) === fingerprint.toUpperCase());
    return found?.toPublic() ?? "the contact's key is not the one with its fingerprint";
  } catch (thrown) {
    return `the contact's key cannot be read: ${reasonOf(thrown)}`;
  }
}

/** Expired, revoked, too weak, or made for something else. */
async function whyNotAt(key: PublicKey, now: Instant): Promise<string | null> {
  try {
    const all = { ...config, ...openpgpStyle };
    await key.getEncryptionKey(undefined, usableAt(key, now), undefined, all);
    return null;
  } catch (thrown) {
    return `the contact's key cannot be used: ${reasonOf(thrown)}`;
  }
}

/** A moment at which a key can be used: now, or when it was made if that is later, as in a replay of the past. */
export function usableAt(key: Key, now: Instant): Date {
  return new Date(Math.max(Date.parse(now), key.getCreationTime().getTime()));
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function fingerprintOf(key: Key): string {
  return key.getFingerprint().toUpperCase();
}
