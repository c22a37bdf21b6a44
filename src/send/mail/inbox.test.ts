import { beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../../test/alerting/mails.ts";
import {
  type Dovecot,
  dovecotAbsent,
  makeMaildir,
  startDovecot,
} from "../../../test/collect/dovecot.ts";
import { Secret } from "../../core/secret.ts";
import { type InboxOptions, openInbox } from "./index.ts";

const never = new AbortController().signal;

describe.skipIf(dovecotAbsent)("the mailbox for answers", () => {
  let server: Dovecot;
  beforeAll(async () => {
    const started = await startDovecot();
    server = started.server;
    return started.end;
  });

  const open = (user: string, over: Partial<InboxOptions> = {}) =>
    openInbox({
      host: "localhost",
      port: server.port,
      tls: false,
      user,
      password: new Secret("pa55"),
      mailbox: "INBOX",
      maxBytes: 1_000,
      timeoutSeconds: 10,
      ...over,
    });

  /** What a fetch gives; each mail is marked as taken unless `take` says otherwise. */
  async function fetchAll(user: string, over: Partial<InboxOptions> = {}, take = () => true) {
    const texts: string[] = [];
    for await (const mail of open(user, over).fetch(never)) {
      texts.push(Buffer.from(mail.raw).toString());
      expect(mail.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      if (take()) await mail.taken();
    }
    return texts;
  }

  it("gives what came, oldest first, and what was taken no more", async () => {
    const box = makeMaildir(server);
    box.deliver(answer("one"));
    box.deliver(answer("two"));
    expect(await fetchAll(box.user, {}, () => false)).toHaveLength(2);
    const got = await fetchAll(box.user);
    expect(got).toEqual([answer("one"), answer("two")]);
    box.deliver(answer("three"));
    expect(await fetchAll(box.user)).toEqual([answer("three")]);
    expect(await fetchAll(box.user)).toEqual([]);
    // Nobody has seen them: they are a person's to read as well.
    expect(box.flags().join("")).not.toContain("S");
  });

  it("gives again what was not taken, after a break", async () => {
    const box = makeMaildir(server);
    for (const text of ["one", "two", "three"]) box.deliver(answer(text));
    for await (const mail of open(box.user).fetch(never)) {
      await mail.taken();
      break;
    }
    expect(await fetchAll(box.user)).toEqual([answer("two"), answer("three")]);
  });

  it("gives the beginning of a mail that is too long, and does not stop at it", async () => {
    const box = makeMaildir(server);
    box.deliver(answer("a".repeat(5_000)));
    box.deliver(answer("two"));
    const got = await fetchAll(box.user);
    expect(got.map(({ length }) => length)).toEqual([1_000, answer("two").length]);
  });

  it("ends when it is told to stop", async () => {
    const box = makeMaildir(server);
    for (const text of ["one", "two", "three"]) box.deliver(answer(text));
    const stop = new AbortController();
    let got = 0;
    for await (const mail of open(box.user).fetch(stop.signal)) {
      await mail.taken();
      got++;
      stop.abort();
    }
    expect(got).toBe(1);
  });

  it("is read over TLS with a certificate that we know, and not with another", async () => {
    const box = makeMaildir(server);
    box.deliver(answer("one"));
    const tls = { tls: true, port: server.tlsPort };
    await expect(fetchAll(box.user, tls)).rejects.toMatchObject({ code: "mailbox-unreachable" });
    expect(await fetchAll(box.user, { ...tls, ca: server.ca })).toHaveLength(1);
  });

  it("refuses a wrong password and a mailbox that is not there", async () => {
    const box = makeMaildir(server);
    const refused = { code: "mailbox-refused" };
    await expect(fetchAll(box.user, { password: new Secret("x") })).rejects.toMatchObject(refused);
    await expect(fetchAll(box.user, { mailbox: "Nowhere" })).rejects.toMatchObject(refused);
  });
});

it("the mailbox for answers is on this machine, or spoken to in TLS", () => {
  const options = { host: "imap.example", port: 143, tls: false, user: "a", mailbox: "INBOX" };
  const more = { password: new Secret("x"), maxBytes: 1, timeoutSeconds: 1 };
  expect(() => openInbox({ ...options, ...more })).toThrow(/for a server on this machine/);
});
