import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absent } from "../../../test/collect/program.ts";
import { GPG, gnupg, pgpEncrypted, pgpMime, type Signer } from "../../../test/alerting/gpg.ts";
import { answer } from "../../../test/alerting/mails.ts";
import { makeMailReader, makeSigningKey, openSigningKey } from "./index.ts";

const reader = makeMailReader({ alertOf: () => undefined });
const PART = 'Content-Type: text/plain; charset="utf-8"\r\n\r\nFixed, 已处理.\r\n\r\nRegards  \r\n';

describe.skipIf(absent(GPG))("a mail that GnuPG signed", () => {
  const signers: Record<string, Signer> = {};
  let end: () => void;
  beforeAll(() => {
    const gpg = gnupg();
    end = () => gpg.end();
    for (const algorithm of ["ed25519", "rsa3072", "dsa2048", "rsa1024", "nistp256"])
      signers[algorithm] = gpg.signer(`${algorithm}@hosting.example`, algorithm);
  }, 120_000);
  afterAll(() => end());

  const read = async (mail: string, ...by: string[]) => {
    const got = await reader.read(Buffer.from(mail));
    return [got.signed, await got.verify(by.map((name) => signers[name]!.key)), got.text.trim()];
  };

  it.each(["ed25519", "rsa3072", "dsa2048", "rsa1024", "nistp256"])(
    "is known by the contact's key, of whatever age it is: %s",
    async (by) => {
      const mail = pgpMime(signers[by]!, PART);
      expect(await read(mail, "ed25519", by)).toEqual([true, "good", "Fixed, 已处理.\n\nRegards"]);
      const unixMail = mail.replaceAll("\r\n", "\n");
      expect(await read(unixMail, by)).toEqual([true, "good", "Fixed, 已处理.\n\nRegards"]);
    },
  );

  it("is not, if one character is another, or the key", async () => {
    const mail = pgpMime(signers["ed25519"]!, PART);
    expect((await read(mail.replace("Fixed", "Fixes"), "ed25519"))[1]).toBe("bad");
    expect((await read(mail, "rsa3072"))[1]).toBe("unknown-key");
    expect((await read(mail))[1]).toBe("unknown-key");
    expect((await read(mail.replace(/^[A-Za-z0-9+/]{20}/m, "A".repeat(20)), "ed25519"))[1]).toBe(
      "bad",
    );
  });

  it("may be signed in its text; what stands around is not read", async () => {
    const inline = signers["ed25519"]!.inline("Fixed.\n- dashes -\n").replace(/\r?\n/g, "\r\n");
    const mail = answer(`NOT OURS\r\n${inline}\r\nNOT OURS`);
    expect(await read(mail, "ed25519")).toEqual([true, "good", "Fixed.\n- dashes -"]);
    expect((await read(mail.replace("Fixed.", "Fixes."), "ed25519"))[1]).toBe("bad");
    const cut = mail.replace("-----END PGP SIGNATURE-----", "");
    expect((await read(cut, "ed25519"))[1]).toBeNull();
  });

  it("may be encrypted for us, in parts or in its text", async () => {
    const now = new Date().toISOString();
    const ours = await makeSigningKey("CERT", "cert@cert.example", { now });
    const able = makeMailReader(
      { alertOf: () => undefined },
      await openSigningKey(ours.privateKey),
    );
    const { key, sealed } = signers["ed25519"]!;
    const parts = pgpEncrypted(sealed(PART, ours.publicKey));
    const inline = answer(sealed("Fixed, 已处理.\n\nRegards\n", ours.publicKey));
    for (const mail of [parts, inline]) {
      const got = await able.read(Buffer.from(mail));
      expect(got.text.trim()).toBe("Fixed, 已处理.\n\nRegards");
      expect([got.signed, await got.verify([key])]).toEqual([true, "good"]);
      expect(await got.verify([signers["rsa3072"]!.key])).toBe("unknown-key");
      const closed = await reader.read(Buffer.from(mail));
      expect([closed.signed, await closed.verify([key])]).toEqual([false, null]);
      expect(closed.text).toMatch(/^-----BEGIN PGP MESSAGE-----/);
    }
  });

  it("has no other text than the part that is signed", async () => {
    const signed = pgpMime(signers["ed25519"]!, PART);
    const [head = "", ...rest] = signed.split("MIME-Version: 1.0\r\n");
    const wrapped = [
      `${head}Content-Type: multipart/mixed; boundary=list\r\n\r\n--list`,
      rest.join("MIME-Version: 1.0\r\n"),
      "--list\r\nContent-Type: text/plain\r\n\r\nNOT OURS\r\n--list--\r\n",
    ].join("\r\n");
    expect(await read(wrapped, "ed25519")).toEqual([true, "good", "Fixed, 已处理.\n\nRegards"]);
  });
});

it("a mail that is not signed, or with what we cannot check, says so", async () => {
  const plain = await reader.read(Buffer.from(answer("Fixed")));
  expect([plain.signed, await plain.verify([])]).toEqual([false, null]);
  const smime = answer("", { "Content-Type": "application/pkcs7-mime; smime-type=signed-data" });
  const other = await reader.read(Buffer.from(smime));
  expect([other.signed, await other.verify([])]).toEqual([true, "unknown-key"]);
});
