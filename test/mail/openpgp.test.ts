// What we sign and encrypt, in the eyes of other programs.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactKey } from "../../src/core/institution/index.ts";
import { makeSigningKey, type SigningKey } from "../../src/send/mail/index.ts";
import { absent } from "../collect/program.ts";
import { bodyOf, contactWith, envelopeOf, letterTo, partsOf } from "./letters.ts";

const now = "2013-05-31T08:15:00.000Z";
let folder: string;
let ours: SigningKey;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-pgp-"));
  ours = await makeSigningKey("Example CERT", "alerts@cert.example", {
    now: "2013-01-01T00:00:00.000Z",
  });
  writeFileSync(join(folder, "ours.asc"), ours.publicKey);
});

afterAll(() => {
  spawnSync("gpgconf", ["--homedir", folder, "--kill", "all"]);
  rmSync(folder, { recursive: true, force: true });
});

function gpg(args: readonly string[], input?: Uint8Array | string) {
  const all = ["--homedir", folder, "--batch", "--no-tty", "--status-fd", "1", ...args];
  return spawnSync("gpg", all, input === undefined ? {} : { input: Buffer.from(input) });
}

/** Makes a key in gpg, and gives what a directory would hold of it. */
function gpgKey(algorithm: string, usage: string, expires: string, at: string): ContactKey {
  const user = `${algorithm}-${expires}@csirt.example`;
  gpg([
    "--faked-system-time",
    at,
    "--passphrase",
    "",
    "--quick-gen-key",
    user,
    algorithm,
    usage,
    expires,
  ]);
  const listed = gpg(["--with-colons", "--list-keys", user]).stdout.toString();
  const [, fingerprint = ""] = /^fpr:+([0-9A-F]{40}):/m.exec(listed) ?? [];
  if (algorithm === "ed25519")
    gpg([
      "--faked-system-time",
      at,
      "--passphrase",
      "",
      "--quick-add-key",
      fingerprint,
      "cv25519",
      "encr",
      expires,
    ]);
  const text = gpg(["--armor", "--export", user]).stdout.toString();
  return { type: "openpgp", fingerprint, text, expires: null };
}

async function signedFiles(name: string) {
  const { bytes } = await (await envelopeOf(ours.privateKey)).pack(letterTo(contactWith(null)));
  const [signed, signature] = partsOf(bytes);
  const data = join(folder, `${name}.mime`);
  const asc = join(folder, `${name}.asc`);
  writeFileSync(data, signed!);
  writeFileSync(asc, bodyOf(signature!));
  const changed = join(folder, `${name}.changed`);
  writeFileSync(
    changed,
    Buffer.from(
      signed!.toString("latin1").replace("zeus", "zeuS").replace("ends", "endz"),
      "latin1",
    ),
  );
  return { data, asc, changed };
}

interface Verifier {
  readonly program: string;
  readonly args: (data: string, asc: string) => string[];
  /** The data come from standard input. */
  readonly readsInput?: boolean;
}

/** Other implementations: how each is asked whether a signature is good. */
const verifiers: readonly Verifier[] = [
  {
    program: "/usr/bin/gpg",
    args: (data: string, asc: string) => ["--homedir", folder, "--batch", "--verify", asc, data],
  },
  {
    program: "/usr/bin/sqv",
    args: (data: string, asc: string) => ["--keyring", join(folder, "ours.asc"), asc, data],
  },
  {
    program: "/usr/bin/gosop",
    args: (_: string, asc: string) => ["verify", asc, join(folder, "ours.asc")],
    readsInput: true,
  },
];

for (const verifier of verifiers)
  describe.skipIf(absent(verifier.program))(
    `a signed mail, in the eyes of ${verifier.program}`,
    () => {
      function verify(data: string, asc: string): number | null {
        const input = verifier.readsInput === true ? { input: readFileSync(data) } : {};
        return spawnSync(verifier.program, verifier.args(data, asc), input).status;
      }

      it("is good, and with one byte changed it is not", async () => {
        if (verifier.program.endsWith("gpg")) gpg(["--import", join(folder, "ours.asc")]);
        const { data, asc, changed } = await signedFiles(verifier.program.split("/").at(-1)!);
        expect(verify(data, asc)).toBe(0);
        expect(verify(changed, asc)).not.toBe(0);
      });
    },
  );

describe.skipIf(absent("/usr/bin/gpg"))("an encrypted mail", () => {
  for (const [algorithm, usage] of [
    ["ed25519", "sign"],
    ["rsa3072", "sign,encr"],
  ] as const)
    it(`is read by gpg with a key of ${algorithm}, and the signature within is good`, async () => {
      const key = gpgKey(algorithm, usage, "2014-01-01", "20130101T000000");
      gpg(["--import", join(folder, "ours.asc")]);
      const envelope = await envelopeOf(ours.privateKey);
      const contact = contactWith(key);
      expect(await envelope.whyOpen(contact, now)).toBeNull();
      const { bytes } = await envelope.pack(letterTo(contact, { sealed: true }));
      expect(Buffer.from(bytes).includes("zeus")).toBe(false);
      const [, cipher] = partsOf(bytes);
      const read = gpg(["--faked-system-time", "20130601T000000", "--decrypt"], bodyOf(cipher!));
      const out = read.stdout.toString();
      expect(out).toContain("[GNUPG:] GOODSIG");
      expect(out).toContain(`VALIDSIG ${ours.fingerprint}`);
      const inner = await simpleParser(out.slice(out.indexOf("Content-Type:")));
      expect(inner.text).toContain("C2 server (zeus)");
      expect(inner.attachments.map(({ filename }) => filename)).toEqual([
        "TC-20130531-000042-7-1.csv",
      ]);
    });

  it("is not written to a key that has expired, is not the one that we verified, or is none", async () => {
    const envelope = await envelopeOf(ours.privateKey);
    const key = gpgKey("rsa2048", "sign,encr", "2013-03-01", "20130101T000000");
    const why = (change: Partial<ContactKey> | null) =>
      envelope.whyOpen(contactWith(change === null ? null : { ...key, ...change }), now);
    expect(await why({})).toMatch(/expired/);
    expect(await why({ fingerprint: ours.fingerprint })).toMatch(/not the one/);
    expect(await why({ text: "" })).toMatch(/only the fingerprint/);
    expect(await why({ text: "no key" })).toMatch(/cannot be read/);
    expect(await why({ type: "smime" })).toMatch(/certificate cannot be read/);
    expect(await why({ expires: "2013-05-01T00:00:00.000Z" })).toMatch(/2013-05-01/);
    expect(await why(null)).toMatch(/no key/);
    await expect(envelope.pack(letterTo(contactWith(key), { sealed: true }))).rejects.toMatchObject(
      {
        code: "message-not-allowed",
      },
    );
  });
});

it.skipIf(absent("/usr/bin/gpg"))("a key that we make is read by gpg, with its revocation", () => {
  execFileSync("gpg", ["--homedir", folder, "--batch", "--import"], { input: ours.publicKey });
  const shown = gpg(["--with-colons", "--list-keys", ours.fingerprint]).stdout.toString();
  expect(shown).toMatch(/^pub:[^:]*:255:22:/m);
  expect(shown).toContain("Example CERT <alerts@cert.example>");
  const packets = gpg(["--list-packets"], ours.revocation).stdout.toString();
  expect(packets).toContain("sigclass 0x20");
});
