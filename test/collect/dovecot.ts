// A real IMAP server for the time of a test.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { absent, freePort, startServer } from "./program.ts";

const DOVECOT = "/usr/sbin/dovecot";

/** A running Dovecot, in which every user has the password `pa55`. */
export interface Dovecot {
  readonly port: number;
  readonly tlsPort: number;
  readonly ca: string;
  /** The home of a user is a folder of it. */
  readonly mail: string;
}

/** Dovecot gives up rights that only root has. */
export const dovecotAbsent = absent(DOVECOT) || process.getuid?.() !== 0;

/** Starts one, and tells how to end it. */
export async function startDovecot(): Promise<{ server: Dovecot; end: () => Promise<void> }> {
  const ends: (() => Promise<void>)[] = [];
  const dir = mkdtempSync(join(tmpdir(), "tocsin-dovecot-"));
  const server = await startIn(dir, (act) => ends.push(act));
  const end = async (): Promise<void> => {
    for (const act of ends) await act();
    rmSync(dir, { recursive: true, force: true });
  };
  return { server, end };
}

async function startIn(dir: string, atEnd: (act: () => Promise<void>) => void) {
  chmodSync(dir, 0o755);
  const port = await freePort();
  const tlsPort = await freePort();
  const [cert, key, mail] = ["cert.pem", "key.pem", "mail"].map((name) => join(dir, name));
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["-newkey", "rsa:2048", "-nodes", "-keyout", key!, "-out", cert!];
  execFileSync("openssl", ["req", "-x509", "-days", "2", ...subject, ...made], { stdio: "ignore" });
  const config = join(dir, "dovecot.conf");
  writeFileSync(
    config,
    `base_dir = ${dir}/run
log_path = ${dir}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${cert}
ssl_key = <${key}
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~
namespace inbox {
  inbox = yes
}
passdb {
  driver = static
  args = password=pa55
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${mail}/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
}
`,
  );
  await startServer(DOVECOT, ["-F", "-c", config], port, atEnd);
  return { port, tlsPort, ca: readFileSync(cert!, "utf8"), mail: mail! };
}

let users = 0;

/** A mailbox of a user that nobody else has. */
export function makeMaildir(server: Dovecot) {
  const user = `user-${++users}`;
  const home = join(server.mail, user);
  for (const sub of ["cur", "new", "tmp"]) mkdirSync(join(home, sub), { recursive: true });
  execFileSync("chown", ["-R", "nobody:nogroup", home]);
  let delivered = 0;
  return {
    user,
    deliver(text: string): void {
      const name = `${++delivered}.M${delivered}.test`;
      writeFileSync(join(home, "tmp", name), text, { mode: 0o666 });
      execFileSync("chown", ["nobody:nogroup", join(home, "tmp", name)]);
      renameSync(join(home, "tmp", name), join(home, "new", name));
    },
    /** The server loses its numbering. */
    renumber(): void {
      for (const name of readdirSync(home))
        if (name.startsWith("dovecot.index")) rmSync(join(home, name), { recursive: true });
      writeFileSync(join(home, "dovecot-uidlist"), "3 V4711 N1\n");
    },
    /** The flags of all mails, as their file names tell. */
    flags: (): string[] =>
      ["cur", "new"].flatMap((of) =>
        readdirSync(join(home, of)).map((name) => name.split(":2,")[1] ?? ""),
      ),
  };
}
