import type { enums, Key, PublicKey, VerifyMessageResult } from "openpgp";
import type { Signed } from "./signed-mail.ts";

/** What came of checking a signature; `unknown-key`: none of the keys made it, or we cannot check its kind. */
export type Verdict = "good" | "bad" | "unknown-key";

/** Old keys of old teams are accepted; old hashes, which can be forged, are not. */
const CONFIG = {
  minRSABits: 1024,
  rejectPublicKeyAlgorithms: new Set<enums.publicKey>(),
  allowInsecureVerificationWithReformattedKeys: false,
};
/** Whoever signs may have a clock that is ahead of ours. */
const SKEW_MS = 86_400_000;

/** Checks a signature against armoured public keys. Whatever the bytes are, there is a verdict. */
export async function checkSignature(
  signed: Signed,
  armoured: readonly string[],
): Promise<Verdict> {
  if (signed.as === "smime") return "unknown-key";
  try {
    const verificationKeys = (await Promise.all(armoured.map(keysIn))).flat();
    const results = await verify(signed, verificationKeys);
    const ours = results.filter(({ keyID }) =>
      verificationKeys.some((key) => key.getKeys(keyID).length > 0),
    );
    if (ours.length === 0) return "unknown-key";
    const verdicts = await Promise.all(
      ours.map(({ verified }) =>
        verified.then(
          () => true,
          () => false,
        ),
      ),
    );
    return verdicts.includes(true) ? "good" : "bad";
  } catch {
    // It calls itself a signature, and is not one that can be read.
    return "bad";
  }
}

async function verify(
  signed: Exclude<Signed, { as: "smime" }>,
  verificationKeys: PublicKey[],
): Promise<VerifyMessageResult["signatures"]> {
  const openpgp = await import("openpgp");
  const how = { verificationKeys, config: CONFIG, date: new Date(Date.now() + SKEW_MS) };
  if (signed.as === "pgp-inline") {
    const message = await openpgp.readCleartextMessage({ cleartextMessage: signed.text });
    return (await openpgp.verify({ message, ...how })).signatures;
  }
  const message = await openpgp.createMessage({ binary: Buffer.from(signed.part, "latin1") });
  const signature = await openpgp.readSignature({ armoredSignature: signed.signature });
  return (await openpgp.verify({ message, signature, ...how })).signatures;
}

/** A contact's key may be one that cannot be read: the others still count. */
async function keysIn(armoredKeys: string): Promise<Key[]> {
  if (armoredKeys.trim() === "") return [];
  const openpgp = await import("openpgp");
  return openpgp.readKeys({ armoredKeys, config: CONFIG }).catch(() => []);
}
