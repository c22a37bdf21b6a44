// What we sign and encrypt as S/MIME, in the eyes of OpenSSL.
import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactKey } from "../../src/core/institution/index.ts";
import { Secret } from "../../src/core/secret.ts";
import { openSmimeSigner } from "../../src/send/mail/index.ts";
import { absent } from "../collect/program.ts";
import { contactWith, envelopeOf, letterTo } from "./letters.ts";

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), "utf8");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-smime-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A key and a certificate of its own, in files of this name. */
function make(name: string, algorithm: readonly string[], days = "30"): void {
  const files = ["-keyout", path(`${name}.key`), "-out", path(`${name}.pem`)];
  const args = ["req", "-x509", "-nodes", "-newkey", ...algorithm, ...files, "-days", days];
  execFileSync("openssl", [...args, "-subj", `/C=XX/O=示例/CN=${name}`, "-utf8"], {
    stdio: "pipe",
  });
}

const signer = (name: string) =>
  openSmimeSigner(new Secret(read(`${name}.key`)), read(`${name}.pem`));

function keyOf(name: string): ContactKey {
  const text = read(`${name}.pem`);
  const fingerprint = new X509Certificate(text).fingerprint256.replaceAll(":", "");
  return { type: "smime", fingerprint, text, expires: null };
}

function verify(name: string, mail: Uint8Array): number | null {
  const args = ["cms", "-verify", "-CAfile", path(`${name}.pem`), "-purpose", "any", "-out"];
  return spawnSync("openssl", [...args, path("out")], { input: mail }).status;
}

describe.skipIf(absent("/usr/bin/openssl"))("a mail in S/MIME", () => {
  for (const [name, algorithm] of [
    ["rsa", ["rsa:2048"]],
    ["ec", ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]],
  ] as const)
    it(`is good in the eyes of OpenSSL with a key of ${name}, and with one byte changed it is not`, async () => {
      make(name, algorithm);
      const { bytes } = await (
        await envelopeOf(null, signer(name))
      ).pack(letterTo(contactWith(null)));
      expect(verify(name, bytes)).toBe(0);
      const changed = Buffer.from(bytes).toString("latin1").replace("ends", "endz");
      expect(verify(name, Buffer.from(changed, "latin1"))).not.toBe(0);
    });

  it("is signed for a contact with an OpenPGP key as well, if we have no other key", async () => {
    make("only", ["rsa:2048"]);
    const key: ContactKey = { type: "openpgp", fingerprint: "00", text: "", expires: null };
    const { bytes } = await (
      await envelopeOf(null, signer("only"))
    ).pack(letterTo(contactWith(key)));
    expect(verify("only", bytes)).toBe(0);
  });

  it("is encrypted to a contact with a certificate, signed within, and readable by us as well", async () => {
    make("ours", ["rsa:2048"]);
    make("theirs", ["rsa:3072"]);
    const envelope = await envelopeOf(null, signer("ours"));
    const contact = contactWith(keyOf("theirs"));
    expect(await envelope.whyOpen(contact, "2013-05-31T08:15:00.000Z")).toBeNull();
    const { bytes } = await envelope.pack(letterTo(contact, { sealed: true }));
    expect(Buffer.from(bytes).includes("zeus")).toBe(false);
    for (const who of ["theirs", "ours"]) {
      const args = ["cms", "-decrypt", "-recip", path(`${who}.pem`), "-inkey", path(`${who}.key`)];
      const inner = execFileSync("openssl", args, { input: bytes });
      expect(verify("ours", inner)).toBe(0);
      expect((await simpleParser(inner)).text).toContain("C2 server (zeus)");
    }
  });

  it("is not encrypted to a certificate that is not the one, has expired, or has no RSA key", async () => {
    make("good", ["rsa:2048"]);
    make("curve", ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    const envelope = await envelopeOf(null);
    const why = (key: ContactKey, now = "2013-05-31T08:15:00.000Z") =>
      envelope.whyOpen(contactWith(key), now);
    expect(await why(keyOf("good"))).toBeNull();
    expect(await why(keyOf("good"), "2099-01-01T00:00:00.000Z")).toMatch(/expired/);
    expect(await why({ ...keyOf("good"), fingerprint: "00" })).toMatch(/not the one/);
    expect(await why({ ...keyOf("good"), text: "x" })).toMatch(/cannot be read/);
    expect(await why({ ...keyOf("good"), text: "" })).toMatch(/only the fingerprint/);
    expect(await why(keyOf("curve"))).toMatch(/no RSA key/);
  });

  it("is not signed with a key that is not its certificate's", () => {
    make("one", ["rsa:2048"]);
    make("two", ["rsa:2048"]);
    expect(() => openSmimeSigner(new Secret(read("one.key")), read("two.pem"))).toThrow(
      /not that of/,
    );
    expect(() => openSmimeSigner(new Secret("x"), "y")).toThrow(/cannot be read/);
  });
});
