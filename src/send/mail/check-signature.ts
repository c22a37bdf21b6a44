import type { enums, Key, VerifyMessageResult } from "openpgp";
import type { Signed } from "./signed-mail.ts";

/** What came of checking a signature; `unknown-key`: none of the keys made it, or we cannot check its kind. */
export type Verdict = "good" | "bad" | "unknown-key";

/** Old keys of old teams are accepted; old hashes, which can be forged, are not. What is unpacked has a limit. */
export const READING = {
  minRSABits: 1024,
  rejectPublicKeyAlgorithms: new Set<enums.publicKey>(),
  maxDecompressedMessageSize: 16 * 1024 * 1024,
};
/** Whoever signs may have a clock that is ahead of ours. */
const SKEW_MS = 86_400_000;

type Results = VerifyMessageResult["signatures"];

/** Checks a signature against armoured public keys. Whatever the bytes are, there is a verdict. */
export async function checkSignature(
  signed: Signed,
  armoured: readonly string[],
): Promise<Verdict> {
  if (signed.as === "smime") return "unknown-key";
  return judge(armoured, (keys) => verify(signed, keys));
}

/** The verdict on what checking with some armoured keys gave. One good signature of a known key is enough. */
export async function judge(
  armoured: readonly string[],
  check: (keys: Key[]) => Promise<Results>,
): Promise<Verdict> {
  try {
    const keys = (await Promise.all(armoured.map(keysIn))).flat();
    const results = await check(keys);
    const ours = results.filter(({ keyID }) => keys.some((key) => key.getKeys(keyID).length > 0));
    if (ours.length === 0) return "unknown-key";
    const verdicts = await Promise.allSettled(ours.map(({ verified }) => verified));
    return verdicts.some(({ status }) => status === "fulfilled") ? "good" : "bad";
  } catch {
    // It calls itself a signature, and is not one that can be read.
    return "bad";
  }
}

async function verify(
  signed: Exclude<Signed, { as: "smime" }>,
  verificationKeys: Key[],
): Promise<Results> {
  const openpgp = await import("openpgp");
  const how = { verificationKeys, config: READING, date: new Date(Date.now() + SKEW_MS) };
  if (signed.as === "pgp-inline") {
    const message = await openpgp.readCleartextMessage({ cleartextMessage: signed.text });
    return (await openpgp.verify({ message, ...how })).signatures;
  }
  const message = await openpgp.createMessage({ binary: Buffer.from(signed.part, "latin1") });
  const signature = await openpgp.readSignature({ armoredSignature: signed.signature });
  return (await openpgp.verify({ message, signature, ...how })).signatures;
}

/** A contact's key may be one that cannot be read: the others still count. */
export async function keysIn(armoredKeys: string): Promise<Key[]> {
  if (armoredKeys.trim() === "") return [];
  const openpgp = await import("openpgp");
  return openpgp.readKeys({ armoredKeys, config: READING }).catch(() => []);
}
