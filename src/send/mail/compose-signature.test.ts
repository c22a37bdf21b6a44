import fc from "fast-check";
import { createMessage, generateKey, readKey, readSignature, sign, verify } from "openpgp";
import { describe, expect, it } from "vitest";
import { makeSigningKey, openSigningKey } from "./index.ts";
import { openpgpStyle } from "./compose-keys.ts";
import { detachedSignature } from "./compose-signature.ts";

const made = "2013-01-01T00:00:00.000Z";
const date = new Date("2013-05-31T08:15:00.000Z");

describe("a detached signature", () => {
  it("is, byte for byte, the one that OpenPGP.js writes", async () => {
    const ours = await makeSigningKey("a", "a@cert.example", { now: made });
    const key = await openSigningKey(ours.privateKey);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const theirs = await sign({
          message: await createMessage({ binary: bytes }),
          signingKeys: key,
          detached: true,
          date,
          format: "armored",
          config: openpgpStyle,
        });
        const plain = (text: string) => text.replace(/^=.{4}$/m, "").replace(/\s+/g, "");
        expect(plain(await detachedSignature(key, bytes, date))).toBe(plain(theirs));
      }),
      // One first byte of 256 is zero: enough runs to see short integers.
      { numRuns: 600 },
    );
  });

  it("is good with a key of another kind as well", async () => {
    const { privateKey } = await generateKey({
      type: "rsa",
      rsaBits: 2048,
      userIDs: [{ email: "a@cert.example" }],
      date: new Date(made),
      format: "object",
    });
    const text = await detachedSignature(privateKey, Buffer.from("x"), date);
    const signature = await readSignature({ armoredSignature: text });
    expect(signature.packets[0]?.hashAlgorithm).toBe(10);
    const { signatures } = await verify({
      message: await createMessage({ binary: Buffer.from("x") }),
      signature,
      verificationKeys: await readKey({ armoredKey: privateKey.toPublic().armor() }),
      date,
    });
    await expect(signatures[0]?.verified).resolves.toBe(true);
  });

  it("is not made with a key that has expired", async () => {
    const { privateKey } = await generateKey({
      type: "ecc",
      curve: "curve25519Legacy",
      userIDs: [{ email: "a@cert.example" }],
      date: new Date(made),
      keyExpirationTime: 86_400,
      format: "object",
    });
    await expect(detachedSignature(privateKey, Buffer.from("x"), date)).rejects.toMatchObject({
      code: "key-unusable",
    });
  });
});
