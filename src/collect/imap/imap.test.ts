import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, folder, serve } from "../../../test/collect/bench.ts";
import { absent, freePort, startServer } from "../../../test/collect/program.ts";
import { type ImapOptions, makeImapCollector } from "./index.ts";

const DOVECOT = "/usr/sbin/dovecot";
const ZIP = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");

/** A mail with attachments, each a name and its bytes. */
function mail(
  subject: string,
  files: Record<string, string | Buffer>,
  more: { from?: string; headers?: string[]; text?: string } = {},
): string {
  const parts = Object.entries(files).map(([name, content]) =>
    [
      "Content-Type: application/octet-stream",
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from(content).toString("base64"),
    ].join("\r\n"),
  );
  const text = `Content-Type: text/plain; charset=utf-8\r\n\r\n${more.text ?? "Hello"}`;
  return [
    ...(more.headers ?? []),
    `From: Reports <${more.from ?? "autoreports@feeds.example"}>`,
    "To: cert@cert.example",
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(" ", ".")}@feeds.example>`,
    "Date: Fri, 01 Mar 2024 06:00:00 +0000",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="=_b"',
    "",
    ...[text, ...parts].map((part) => `--=_b\r\n${part}`),
    "--=_b--",
    "",
  ].join("\r\n");
}

/** A Dovecot of the test, with one user. */
async function dovecot() {
  const dir = folder();
  chmodSync(dir, 0o755);
  const port = await freePort();
  const tlsPort = await freePort();
  const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject].concat([
      "-keyout",
      key,
      "-out",
      cert,
    ]),
    { stdio: "ignore" },
  );
  const home = join(dir, "mail");
  for (const sub of ["cur", "new", "tmp"]) mkdirSync(join(home, sub), { recursive: true });
  execFileSync("chown", ["-R", "nobody:nogroup", home]);
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
mail_location = maildir:${home}
namespace inbox {
  inbox = yes
}
passdb {
  driver = static
  args = password=pa55
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${home}
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
  const start = () => startServer(DOVECOT, ["-F", "-c", config], port);
  const server = await start();
  let delivered = 0;
  return {
    port,
    tlsPort,
    ca: readFileSync(cert, "utf8"),
    server,
    start,
    deliver(text: string): void {
      const name = `${++delivered}.M${delivered}.test`;
      writeFileSync(join(home, "tmp", name), text, { mode: 0o666 });
      execFileSync("mv", [join(home, "tmp", name), join(home, "new", name)]);
      execFileSync("chown", ["nobody:nogroup", join(home, "new", name)]);
    },
    /** The server loses its numbering. */
    renumber(): void {
      for (const name of readdirSync(home))
        if (name.startsWith("dovecot.index")) rmSync(join(home, name), { recursive: true });
      const list = join(home, "dovecot-uidlist");
      writeFileSync(list, "3 V4711 N1\n");
    },
    /** The flags of all mails of a folder, as their file names tell. */
    flags: (sub = ""): string[] =>
      ["cur", "new"].flatMap((of) =>
        readdirSync(join(home, sub, of)).map((name) => name.split(":2,")[1] ?? ""),
      ),
  };
}

const from = (port: number, more: Partial<ImapOptions> = {}) =>
  makeImapCollector({
    host: "localhost",
    port,
    security: "none",
    user: "cert",
    password: new Secret("pa55"),
    mailbox: "INBOX",
    timeoutSeconds: 10,
    attachments: ["*.{csv,zip,eml}"],
    whole: false,
    links: [],
    authserv: [],
    requireDkim: false,
    after: "keep",
    maxBytes: 1 << 20,
    ...more,
  });

// Dovecot gives up rights that only root has.
const left = absent(DOVECOT) || process.getuid?.() !== 0;

describe.skipIf(left)("a mailbox", () => {
  it("gives the attachments of each mail once, with what is known of the mail", async () => {
    const box = await dovecot();
    const results =
      "Authentication-Results: mx.cert.example;\r\n\tdkim=pass header.d=feeds.example";
    box.deliver(mail("one", { "a.csv": "a\n", "logo.png": "p" }, { headers: [results] }));
    box.deliver(mail("two", { "b.zip": ZIP, "\u62a5.csv": "c\n" }));
    const depot = await depotIn();
    const feed = from(box.port, { authserv: ["mx.cert.example"] });
    const taken = await collectFrom(feed, depot);
    expect(taken.map(({ name }) => name)).toEqual(["a.csv", "b.zip", "报.csv"]);
    expect(taken[0]).toMatchObject({
      text: "a\n",
      facts: {
        sender: "autoreports@feeds.example",
        subject: "one",
        messageId: "<one@feeds.example>",
        dkim: "pass feeds.example",
      },
    });
    expect(taken[1]).toMatchObject({ size: ZIP.length, facts: { dkim: "unknown" } });
    expect(await collectFrom(feed, depot)).toEqual([]);
    box.deliver(mail("three", { "d.csv": "d\n" }));
    expect(await collectFrom(feed, depot)).toMatchObject([{ name: "d.csv" }]);
    expect(box.flags()).not.toContain("S");
  });

  it("gives nothing twice when the server numbers its mails anew", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a\n" }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const depot = await depotIn();
    expect(await collectFrom(from(box.port), depot)).toHaveLength(2);
    const before = depot.state?.["uidValidity"];
    box.renumber();
    box.deliver(mail("three", { "c.csv": "c\n" }));
    expect(await collectFrom(from(box.port), depot)).toMatchObject([{ name: "c.csv" }]);
    expect(depot.state?.["uidValidity"]).not.toBe(before);
  });

  it("takes mails of known senders and subjects only, and with DKIM where it must be", async () => {
    const box = await dovecot();
    const passed = "Authentication-Results: mx.cert.example; dkim=pass header.d=feeds.example";
    box.deliver(mail("Report 1", { "a.csv": "a\n" }, { headers: [passed] }));
    box.deliver(mail("Report 2", { "b.csv": "b\n" }, { from: "x@other.example" }));
    box.deliver(mail("Spam", { "c.csv": "c\n" }, { headers: [passed] }));
    box.deliver(mail("Report 3", { "d.csv": "d\n" }));
    box.deliver(mail("Report 4", { "e.csv": "e\n" }, { headers: [passed] }));
    const wishes = { senders: ["*@feeds.example"], subjects: ["report*"] };
    const depot = await depotIn();
    const names: string[] = [];
    const onTaken = ({ name }: { name: string }) => names.push(name);
    const strict = { ...wishes, requireDkim: true, authserv: ["mx.cert.example"] };
    await expect(collectFrom(from(box.port, strict), depot, { onTaken })).rejects.toMatchObject({
      code: "feed-refused",
      message: expect.stringContaining("Report 3") as string,
    });
    expect(names).toEqual(["a.csv", "e.csv"]);
    const lenient = await collectFrom(from(box.port, wishes), await depotIn());
    expect(lenient.map(({ name }) => name)).toEqual(["a.csv", "d.csv", "e.csv"]);
  });

  it("is told of a mail that was taken only when the journal has it", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a\n" }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const home = folder();
    const seen = from(box.port, { after: "seen" });
    await collectFrom(seen, await depotIn(home), { crash: { at: 1, journaled: true } });
    expect(box.flags()).toEqual(["", ""]);
    const rest = await collectFrom(seen, await depotIn(home));
    expect(rest.map(({ name }) => name)).toEqual(["b.csv"]);
    expect(box.flags()).toEqual(["S", "S"]);
  });

  it("can be emptied", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const depot = await depotIn();
    const feed = from(box.port, { after: { moveToFolder: "Done" } });
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(depot.standing.deliveries).toBe(1);
    box.deliver(mail("two", { "b.csv": "b\n" }));
    // The folder is still not there: what is new is taken all the same.
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(depot.standing.deliveries).toBe(2);
    expect(await collectFrom(from(box.port, { after: "delete" }), depot)).toEqual([]);
    expect(box.flags()).toEqual([]);
    expect(depot.state).toMatchObject({ toPutAway: [] });
  });

  it("gives what links to known hosts lead to, as a stranger, and no other", async () => {
    const { url, asked } = await serve(({ path }, response) => {
      if (path === "/away") response.writeHead(302, { location: "http://127.0.0.2:9/" }).end();
      else if (path === "/gone") response.writeHead(404).end();
      else response.end("linked\n");
    });
    const box = await dovecot();
    const { host } = new URL(url);
    box.deliver(mail("one", {}, { text: `See ${url}/report.csv. Or http://evil.example/x.csv` }));
    box.deliver(mail("two", { "a.csv": "a\n" }, { text: `${url}/away` }));
    box.deliver(mail("three", { "b.csv": "b\n" }));
    const depot = await depotIn();
    const got: string[] = [];
    const onTaken = ({ name }: { name: string }) => got.push(name);
    const feed = from(box.port, { links: [host] });
    await expect(collectFrom(feed, depot, { onTaken })).rejects.toMatchObject({
      code: "feed-refused",
    });
    expect(got).toEqual(["report.csv", "b.csv"]);
    expect(asked.map(({ path }) => path)).toEqual(["/report.csv", "/away"]);
    expect(depot.known("x")).toBe(false);
  });

  it("gives the mail itself where a format reads mails", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const taken = await collectFrom(
      from(box.port, { whole: true, attachments: [] }),
      await depotIn(),
    );
    expect(taken).toMatchObject([{ name: "mail.eml" }]);
    expect(taken[0]!.text).toContain("Subject: one");
  });

  it("is read over TLS with a certificate that we know, and not with another", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const tls = { security: "tls", ca: box.ca } as const;
    expect(await collectFrom(from(box.tlsPort, tls), await depotIn())).toHaveLength(1);
    const starttls = { ...tls, security: "starttls" } as const;
    expect(await collectFrom(from(box.port, starttls), await depotIn())).toHaveLength(1);
    const stranger = collectFrom(from(box.tlsPort, { security: "tls" }), await depotIn());
    await expect(stranger).rejects.toMatchObject({ code: "feed-unreachable" });
  });

  it("refuses a wrong password, and is out of reach when it is down", async () => {
    const box = await dovecot();
    const wrong = from(box.port, { password: new Secret("wrong") });
    await expect(collectFrom(wrong, await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
    });
    await expect(collectFrom(from(await freePort()), await depotIn())).rejects.toMatchObject({
      code: "feed-unreachable",
    });
  });

  it("does not let a mail that is too large hold up the others", async () => {
    const box = await dovecot();
    box.deliver(mail("one", { "a.csv": "a".repeat(5000) }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const depot = await depotIn();
    const feed = from(box.port, { maxBytes: 3000 });
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "input-too-large" });
    expect(depot.standing.deliveries).toBe(1);
  });
});
