// GnuPG with a home of its own: what others sign their mails with.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const GPG = "/usr/bin/gpg";

/** A person who signs. */
export interface Signer {
  /** Armoured, public. */
  readonly key: string;
  detached(text: string): string;
  inline(text: string): string;
  /** Signed, and encrypted to a key. */
  sealed(text: string, to: string): string;
}

/** Makes keys; `end` forgets them and ends the agent. */
export function gnupg() {
  const home = mkdtempSync(join(tmpdir(), "tocsin-gpg-"));
  const gpg = (args: readonly string[], input = ""): string =>
    execFileSync(
      GPG,
      [
        "--homedir",
        home,
        "--batch",
        "--quiet",
        "--pinentry-mode",
        "loopback",
        "--passphrase",
        "",
        ...args,
      ],
      { input, stdio: ["pipe", "pipe", "pipe"] },
    ).toString();
  return {
    signer(address: string, algorithm: string): Signer {
      gpg(["--quick-gen-key", address, algorithm, "sign", "1y"]);
      const as = ["--armor", "--local-user", address];
      return {
        key: gpg(["--armor", "--export", address]),
        detached: (text) => gpg([...as, "--detach-sign"], text),
        inline: (text) => gpg([...as, "--clearsign"], text),
        sealed(text, to) {
          writeFileSync(join(home, "to.asc"), to);
          const recipient = ["--recipient-file", join(home, "to.asc"), "--trust-model", "always"];
          return gpg([...as, "--sign", "--encrypt", ...recipient], text);
        },
      };
    },
    end(): void {
      try {
        execFileSync("gpgconf", ["--homedir", home, "--kill", "all"], { stdio: "ignore" });
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

/** A mail that is signed after RFC 3156, with the part that is signed. */
export function pgpMime(signer: Signer, part: string, headers = ""): string {
  return [
    "From: Abuse Desk <abuse@hosting.example>",
    "To: cert@cert.example",
    "Subject: Re: [TC-20130531-000001-7]",
    "Message-ID: <4712@hosting.example>",
    `${headers}MIME-Version: 1.0`,
    "Content-Type: multipart/signed; micalg=pgp-sha512;",
    ' protocol="application/pgp-signature"; boundary="=-sig"',
    "",
    "This is signed.",
    "--=-sig",
    part,
    "--=-sig",
    'Content-Type: application/pgp-signature; name="signature.asc"',
    "",
    signer.detached(part),
    "--=-sig--",
    "",
  ].join("\r\n");
}

/** A mail whose content is encrypted after RFC 3156. */
export function pgpEncrypted(armoured: string): string {
  return [
    "From: Abuse Desk <abuse@hosting.example>",
    "To: cert@cert.example",
    "Subject: ...",
    "Message-ID: <4713@hosting.example>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="=-enc"',
    "",
    "--=-enc",
    "Content-Type: application/pgp-encrypted",
    "",
    "Version: 1",
    "",
    "--=-enc",
    'Content-Type: application/octet-stream; name="encrypted.asc"',
    "",
    armoured,
    "--=-enc--",
    "",
  ].join("\r\n");
}
