import { beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, folder, serve } from "../../../test/collect/bench.ts";
import {
  type Dovecot,
  dovecotAbsent,
  makeMaildir,
  startDovecot,
} from "../../../test/collect/dovecot.ts";
import { freePort } from "../../../test/collect/program.ts";
import { type ImapOptions, makeImapCollector } from "./index.ts";

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

/** A mailbox of a user that nobody else has. */
function makeBox(server: Dovecot) {
  const box = makeMaildir(server);
  return {
    ...box,
    feed: (more: Partial<ImapOptions> = {}) =>
      makeImapCollector({
        host: "localhost",
        port: server.port,
        security: "none",
        user: box.user,
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
      }),
  };
}

describe.skipIf(dovecotAbsent)("a mailbox", () => {
  let server: Dovecot;
  beforeAll(async () => {
    const started = await startDovecot();
    server = started.server;
    return started.end;
  });

  it("gives the attachments of each mail once, with what is known of the mail", async () => {
    const box = makeBox(server);
    const results =
      "Authentication-Results: mx.cert.example;\r\n\tdkim=pass header.d=feeds.example";
    box.deliver(mail("one", { "a.csv": "a\n", "logo.png": "p" }, { headers: [results] }));
    box.deliver(mail("two", { "b.zip": ZIP, "\u62a5.csv": "c\n" }));
    const depot = await depotIn();
    const feed = box.feed({ authserv: ["mx.cert.example"] });
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
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a\n" }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const depot = await depotIn();
    expect(await collectFrom(box.feed(), depot)).toHaveLength(2);
    const before = depot.state?.["uidValidity"];
    box.renumber();
    box.deliver(mail("three", { "c.csv": "c\n" }));
    expect(await collectFrom(box.feed(), depot)).toMatchObject([{ name: "c.csv" }]);
    expect(depot.state?.["uidValidity"]).not.toBe(before);
  });

  it("takes mails of known senders and subjects only, and with DKIM where it must be", async () => {
    const box = makeBox(server);
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
    await expect(collectFrom(box.feed(strict), depot, { onTaken })).rejects.toMatchObject({
      code: "feed-refused",
      message: expect.stringContaining("Report 3") as string,
    });
    expect(names).toEqual(["a.csv", "e.csv"]);
    const lenient = await collectFrom(box.feed(wishes), await depotIn());
    expect(lenient.map(({ name }) => name)).toEqual(["a.csv", "d.csv", "e.csv"]);
  });

  it("is told of a mail that was taken only when the journal has it", async () => {
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a\n" }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const home = folder();
    const seen = box.feed({ after: "seen" });
    await collectFrom(seen, await depotIn(home), { crash: { at: 1, journaled: true } });
    expect(box.flags()).toEqual(["", ""]);
    const rest = await collectFrom(seen, await depotIn(home));
    expect(rest.map(({ name }) => name)).toEqual(["b.csv"]);
    expect(box.flags()).toEqual(["S", "S"]);
  });

  it("can be emptied", async () => {
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const depot = await depotIn();
    const feed = box.feed({ after: { moveToFolder: "Done" } });
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(depot.standing.deliveries).toBe(1);
    box.deliver(mail("two", { "b.csv": "b\n" }));
    // The folder is still not there: what is new is taken all the same.
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
    expect(depot.standing.deliveries).toBe(2);
    expect(await collectFrom(box.feed({ after: "delete" }), depot)).toEqual([]);
    expect(box.flags()).toEqual([]);
    expect(depot.state).toMatchObject({ toPutAway: [] });
  });

  it("gives what links to known hosts lead to, as a stranger, and no other", async () => {
    const { url, asked } = await serve(({ path }, response) => {
      if (path === "/away") response.writeHead(302, { location: "http://127.0.0.2:9/" }).end();
      else if (path === "/gone") response.writeHead(404).end();
      else response.end("linked\n");
    });
    const box = makeBox(server);
    const { host } = new URL(url);
    box.deliver(mail("one", {}, { text: `See ${url}/report.csv. Or http://evil.example/x.csv` }));
    box.deliver(mail("two", { "a.csv": "a\n" }, { text: `${url}/away` }));
    box.deliver(mail("three", { "b.csv": "b\n" }));
    const depot = await depotIn();
    const got: string[] = [];
    const onTaken = ({ name }: { name: string }) => got.push(name);
    const feed = box.feed({ links: [host] });
    await expect(collectFrom(feed, depot, { onTaken })).rejects.toMatchObject({
      code: "feed-refused",
    });
    expect(got).toEqual(["report.csv", "b.csv"]);
    expect(asked.map(({ path }) => path)).toEqual(["/report.csv", "/away"]);
    expect(depot.known("x")).toBe(false);
  });

  it("gives the mail itself where a format reads mails", async () => {
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const taken = await collectFrom(box.feed({ whole: true, attachments: [] }), await depotIn());
    expect(taken).toMatchObject([{ name: "mail.eml" }]);
    expect(taken[0]!.text).toContain("Subject: one");
  });

  it("is read over TLS with a certificate that we know, and not with another", async () => {
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a\n" }));
    const tls = { security: "tls", ca: server.ca } as const;
    expect(
      await collectFrom(box.feed({ ...tls, port: server.tlsPort }), await depotIn()),
    ).toHaveLength(1);
    const starttls = { ...tls, security: "starttls" } as const;
    expect(await collectFrom(box.feed(starttls), await depotIn())).toHaveLength(1);
    const stranger = collectFrom(
      box.feed({ security: "tls", port: server.tlsPort }),
      await depotIn(),
    );
    await expect(stranger).rejects.toMatchObject({ code: "feed-unreachable" });
  });

  it("refuses a wrong password, and is out of reach when it is down", async () => {
    const box = makeBox(server);
    const wrong = box.feed({ password: new Secret("wrong") });
    await expect(collectFrom(wrong, await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
    });
    await expect(
      collectFrom(box.feed({ port: await freePort() }), await depotIn()),
    ).rejects.toMatchObject({
      code: "feed-unreachable",
    });
  });

  it("does not let a mail that is too large hold up the others", async () => {
    const box = makeBox(server);
    box.deliver(mail("one", { "a.csv": "a".repeat(5000) }));
    box.deliver(mail("two", { "b.csv": "b\n" }));
    const depot = await depotIn();
    const feed = box.feed({ maxBytes: 3000 });
    await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "input-too-large" });
    expect(depot.standing.deliveries).toBe(1);
  });
});
