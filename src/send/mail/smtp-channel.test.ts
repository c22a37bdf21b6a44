import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { outbound } from "../../../test/alerting/outbound.ts";
import { type Script, scriptedServer } from "../../../test/alerting/smtp-script.ts";
import { Secret } from "../../core/secret.ts";
import { makeSmtpChannel, type SmtpOptions } from "./index.ts";

const never = new AbortController().signal;
/** More than waits in the buffers of the system if nobody reads. */
/** More than a kernel keeps for a peer that does not read: Linux may keep 32 MB for the receiver alone. */
const BIG = Buffer.from(`Subject: x\r\n\r\n${`${"a".repeat(70)}\r\n`.repeat(1_000_000)}`);

function channel(port: number, options: Partial<SmtpOptions> = {}) {
  const made = makeSmtpChannel({
    host: "127.0.0.1",
    port,
    security: "none",
    from: "cert@cert.example",
    connections: 2,
    timeoutSeconds: 0.5,
    replySeconds: 0.5,
    ...options,
  });
  onTestFinished(() => made.close());
  return made;
}

/** What comes of a message if the server does this. */
async function outcome(script: Script, what = outbound()) {
  const server = await scriptedServer(script);
  const { outcome, ...why } = await channel(server.port).deliver(what, never);
  return { outcome, why: JSON.stringify(why), ...server };
}

describe("a connection that is lost", { timeout: 120_000 }, () => {
  for (const extensions of [["PIPELINING", "DSN"], []])
    for (const how of ["cut", "silence"]) {
      const pipelined = extensions.length > 0 ? "with pipelining" : "step by step";
      for (const step of ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] as const)
        it(`(${how}) at ${step}, ${pipelined}, defers the message`, async () => {
          const got = await outcome({ at: { [step]: how }, extensions });
          expect(got).toMatchObject({ outcome: "deferred", bodies: [] });
        });
      it(`(${how}) amid the message, ${pipelined}, defers it`, async () => {
        const got = await outcome({ at: { body: how }, extensions }, outbound({ bytes: BIG }));
        expect(got).toMatchObject({ outcome: "deferred", bodies: [] });
      });
      it(`(${how}) after the dot, ${pipelined}, is known to nobody`, async () => {
        const got = await outcome({ at: { dot: how }, extensions });
        expect(got.outcome).toBe("unknown");
        expect(got.bodies).toHaveLength(1);
      });
    }
});

describe("a reply", () => {
  it("to the message, MAIL, RCPT or DATA says by its code whether it goes later", async () => {
    for (const step of ["MAIL", "RCPT", "DATA", "dot"] as const)
      for (const extensions of [["PIPELINING"], []]) {
        const at = (reply: string) => outcome({ at: { [step]: reply }, extensions });
        expect(await at("451 4.3.0 Later")).toMatchObject({ outcome: "deferred" });
        expect(await at("421 4.3.2 Closing")).toMatchObject({ outcome: "deferred" });
        const refused = await at("550 5.1.1 No such user");
        expect(refused).toMatchObject({ outcome: "refused" });
        expect(refused.why).toContain("No such user");
      }
  });

  it("that is no proper one leaves it open after the dot only", async () => {
    expect(await outcome({ at: { dot: "354 Go on" } })).toMatchObject({ outcome: "unknown" });
    expect(await outcome({ at: { dot: "Ni hao" } })).toMatchObject({ outcome: "unknown" });
    expect(await outcome({ at: { DATA: "Ni hao" } })).toMatchObject({ outcome: "deferred" });
  });

  it("to the connection or to our credentials is no refusal of the message", async () => {
    expect(await outcome({ at: { greeting: "554 No" } })).toMatchObject({ outcome: "deferred" });
    expect(await outcome({ at: { MAIL: "530 5.7.0 Authentication required" } })).toMatchObject({
      outcome: "deferred",
    });
  });

  it("of success that comes before the end of the message is not believed", async () => {
    const { port } = await scriptedServer({ at: { body: "250 Ok" } });
    const out = channel(port, { timeoutSeconds: 9 });
    const early = await out.deliver(outbound({ bytes: BIG }), never);
    expect(early.outcome).toBe("unknown");
  });
});

it("keeps the bytes: dots are doubled on the wire, nothing else", async () => {
  const message = outbound();
  const got = await outcome({}, message);
  expect(got.outcome).toBe("delivered");
  expect(got.why).toContain("queued as 4711");
  expect(got.bodies[0]!.replaceAll("\r\n.", "\r\n")).toBe(Buffer.from(message.bytes).toString());
});

it("asks for a delivery report with the Message-ID as the envelope's id", async () => {
  const { commands } = await outcome({}, outbound({ messageId: "<a.1+=@cert.example>" }));
  expect(commands[1]).toMatch(
    /^MAIL FROM:<cert@cert\.example> RET=HDRS ENVID=a\.1\+2B\+3D@cert\.example$/,
  );
  expect(commands[2]).toBe(
    "RCPT TO:<abuse@isp.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;abuse@isp.example",
  );
  const plain = await outcome({ extensions: [] });
  const long = await outcome({}, outbound({ messageId: `<${"a".repeat(101)}@cert.example>` }));
  expect(long.commands[1]).toBe("MAIL FROM:<cert@cert.example> RET=HDRS");
  expect(plain.commands.slice(1, 3)).toEqual([
    "MAIL FROM:<cert@cert.example>",
    "RCPT TO:<abuse@isp.example>",
  ]);
});

it("uses a connection again, and a new one if the old has died", async () => {
  const server = await scriptedServer();
  const out = channel(server.port, { connections: 1 });
  for (let n = 1; n <= 3; n++) await out.deliver(outbound({ deliveryKey: `A/${n}` }), never);
  expect(server.connections()).toBe(1);
  await Promise.all([4, 5, 6].map((n) => out.deliver(outbound({ deliveryKey: `A/${n}` }), never)));
  expect(server.connections()).toBe(1);
  expect(server.bodies).toHaveLength(6);

  const short = await mailServer({ socketTimeout: 400 } as SMTPServerOptions);
  const to = channel(short.port);
  expect(await to.deliver(outbound(), never)).toMatchObject({ outcome: "delivered" });
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await to.deliver(outbound(), never)).toMatchObject({ outcome: "delivered" });
});

it("stops before the dot, and waits for the reply after it", async () => {
  const stop = new AbortController();
  const silent = await scriptedServer({ at: { RCPT: "silence" } });
  const first = channel(silent.port, { timeoutSeconds: 60 }).deliver(outbound(), stop.signal);
  setTimeout(() => stop.abort(), 100);
  expect(await first).toEqual({ outcome: "deferred", reason: "stopped" });

  const late = new AbortController();
  const server = await mailServer({
    onData(stream, _session, done) {
      stream.resume().on("end", () => {
        late.abort();
        setTimeout(done, 200);
      });
    },
  });
  const second = await channel(server.port).deliver(outbound(), late.signal);
  expect(second.outcome).toBe("delivered");
  const third = await channel(server.port).deliver(outbound(), late.signal);
  expect(third.outcome).toBe("deferred");
});

describe("what does not leave", () => {
  it("is an address that could say more than an address", async () => {
    const server = await scriptedServer();
    const strange = [
      "a@b.example> SIZE=1",
      "a@b.example\r\nRCPT TO:<c@d.example>",
      "Name <a@b.example>",
      "a@b.example,c@d.example",
      "a@b@c.example",
      "nobody",
      "",
      "a@",
      "a@exa mple",
      "\u0000@b.example",
    ];
    for (const to of strange)
      expect(await channel(server.port).deliver(outbound({ to }), never)).toMatchObject({
        outcome: "refused",
      });
    expect(server.connections()).toBe(0);
  });

  it("is mail to a domain that is not listed", async () => {
    const server = await scriptedServer();
    const out = channel(server.port, { onlyDomains: ["isp.example", "Bücher.example"] });
    const to = async (address: string) =>
      (await out.deliver(outbound({ to: address }), never)).outcome;
    expect(await to("abuse@ISP.example")).toBe("delivered");
    expect(await to("abuse@bücher.example")).toBe("delivered");
    expect(server.commands.at(-2)).toContain("abuse@xn--bcher-kva.example");
    expect(await to("abuse@mx.isp.example")).toBe("refused");
    expect(await to("abuse@isp.example.invalid")).toBe("refused");
    expect(await out.deliver(outbound({ to: "a@other.example" }), never)).toEqual({
      outcome: "refused",
      reason: "mail to other.example does not leave: alerting.onlyDomains does not list it",
    });
  });

  it("is a local part in letters that the server cannot take", async () => {
    const to = "abusö@isp.example";
    const plain = await scriptedServer();
    expect(await channel(plain.port).deliver(outbound({ to }), never)).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("SMTPUTF8"),
    });
    const able = await scriptedServer({ extensions: ["SMTPUTF8"] });
    const done = await channel(able.port).deliver(outbound({ to }), never);
    expect(done.outcome).toBe("delivered");
    expect(able.commands[1]).toBe("MAIL FROM:<cert@cert.example> SMTPUTF8");
  });

  it("is anything without TLS to another machine", () => {
    expect(() => channel(25, { host: "mx.example" })).toThrow(/for a server on this machine/);
  });
});

describe("TLS", () => {
  const tls = makeCertificate();

  it("is spoken with a server whose certificate we know, from the start or by STARTTLS, and credentials only inside", async () => {
    for (const [security, secure] of [
      ["tls", true],
      ["starttls", false],
    ] as const) {
      let user = "";
      const server = await mailServer({
        ...tls,
        secure,
        authOptional: false,
        onAuth(auth, session, done) {
          expect(session.secure).toBe(true);
          user = auth.username ?? "";
          done(auth.password === "pa55" ? null : new Error("Wrong"), { user });
        },
      });
      const options = {
        host: "localhost",
        security,
        ca: tls.cert,
        user: "cert",
        timeoutSeconds: 9,
      } as const;
      const right = channel(server.port, { ...options, password: new Secret("pa55") });
      expect(await right.deliver(outbound(), never)).toMatchObject({ outcome: "delivered" });
      expect(user).toBe("cert");
      const wrong = channel(server.port, { ...options, password: new Secret("wrong") });
      expect(await wrong.deliver(outbound(), never)).toMatchObject({ outcome: "deferred" });
      const stranger = channel(server.port, { host: "localhost", security });
      expect(await stranger.deliver(outbound(), never)).toMatchObject({ outcome: "deferred" });
    }
  });

  it("is not done without where it is required", async () => {
    const { port, bodies, commands } = await scriptedServer();
    const done = await channel(port, { security: "starttls" }).deliver(outbound(), never);
    expect(done.outcome).toBe("deferred");
    expect(bodies).toEqual([]);
    expect(commands.join()).not.toContain("MAIL");
  });
});

/** A proper mail server. */
async function mailServer(options: SMTPServerOptions) {
  const server = new SMTPServer({
    disabledCommands: options.onAuth ? [] : ["AUTH", "STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      stream.resume().on("end", done);
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port };
}

function makeCertificate(): { key: string; cert: string } {
  const dir = mkdtempSync(join(tmpdir(), "tocsin-smtp-"));
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", "-days", "2", ...subject, ...made], { stdio: "ignore" });
  const read = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  rmSync(dir, { recursive: true });
  return read;
}
