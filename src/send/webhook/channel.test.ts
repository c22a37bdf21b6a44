import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { outbound } from "../../../test/alerting/outbound.ts";
import { makeWebhookChannel, type WebhookOptions } from "./index.ts";

const never = new AbortController().signal;
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const NOW = Date.parse("2013-05-31T08:00:00.000Z");

function channel(over: Partial<WebhookOptions> = {}) {
  return makeWebhookChannel({ key: privateKey, timeoutSeconds: 1, now: () => NOW, ...over });
}

interface Asked {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** A receiver on loopback. */
async function receiver(answer: (response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({ request, body: Buffer.concat(chunks) });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/alerts?team=7`, asked };
}

/** A receiver that does something with the bare connection. */
async function rawReceiver(act: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Builds the signature base anew from what arrived, by the text of RFC 9421, section 2.5. */
function baseOf({ request }: Asked): { base: string; signature: Buffer } {
  const { headers, method } = request;
  const [, input = ""] = /^tocsin=(.*)$/.exec(String(headers["signature-input"])) ?? [];
  const [, names = ""] = /^\(([^)]*)\)/.exec(input) ?? [];
  const values: Record<string, string> = {
    "@method": method!,
    "@target-uri": `http://${headers.host}${request.url}`,
  };
  const lines = names
    .split(" ")
    .map((name) => name.slice(1, -1))
    .map((name) => `"${name}": ${values[name] ?? String(headers[name])}`);
  const [, bytes = ""] = /^tocsin=:(.*):$/.exec(String(headers["signature"])) ?? [];
  return {
    base: `${lines.join("\n")}\n"@signature-params": ${input}`,
    signature: Buffer.from(bytes, "base64"),
  };
}

it("posts the bytes with a signature over all that matters, which others can verify", async () => {
  const { url, asked } = await receiver((response) => response.writeHead(202).end("thanks\n"));
  const message = outbound({ to: url, messageId: '<a"1@cert.example>' });
  expect(await channel().deliver(message, never)).toEqual({
    outcome: "delivered",
    response: "HTTP 202 thanks",
  });
  const [one] = asked;
  expect(one!.body).toEqual(Buffer.from(message.bytes));
  const digest = createHash("sha256").update(one!.body).digest("base64");
  expect(one!.request.headers).toMatchObject({
    "content-digest": `sha-256=:${digest}:`,
    "content-type": "message/rfc822",
    "idempotency-key": '"<a\\"1@cert.example>"',
    "signature-input": expect.stringMatching(
      /^tocsin=\("@method" "@target-uri" "content-digest" "content-type" "idempotency-key"\);created=1369987200;keyid="[\w-]{43}"$/,
    ),
  });
  const { base, signature } = baseOf(one!);
  expect(verify(null, Buffer.from(base), publicKey, signature)).toBe(true);
  expect(verify(null, Buffer.from(base.replace("team=7", "team=8")), publicKey, signature)).toBe(
    false,
  );
  expect(opensslVerifies(base, signature)).toBe(true);
  expect(opensslVerifies(`${base} `, signature)).toBe(false);
});

it("says of JSON that it is JSON", async () => {
  const { url, asked } = await receiver((response) => response.end());
  await channel().deliver(outbound({ to: url, bytes: Buffer.from("{}") }), never);
  expect(asked[0]!.request.headers["content-type"]).toBe("application/json");
});

describe("an answer", () => {
  const outcome = async (status: number, headers: Record<string, string> = {}) => {
    const { url, asked } = await receiver((response) => response.writeHead(status, headers).end());
    const came = await channel().deliver(outbound({ to: url }), never);
    return { ...came, asked: asked.length };
  };

  it("says by its status whether it was taken", async () => {
    for (const status of [200, 201, 204])
      expect(await outcome(status)).toMatchObject({ outcome: "delivered" });
    for (const status of [408, 425, 429, 500, 503])
      expect(await outcome(status)).toMatchObject({ outcome: "deferred" });
    for (const status of [400, 401, 403, 404, 410, 422])
      expect(await outcome(status)).toMatchObject({ outcome: "refused" });
  });

  it("may say when it will do", async () => {
    expect(await outcome(503, { "retry-after": "120" })).toMatchObject({ retryAfterSeconds: 120 });
    const date = "Fri, 31 May 2013 08:05:00 GMT";
    expect(await outcome(429, { "retry-after": date })).toMatchObject({ retryAfterSeconds: 300 });
    expect(await outcome(503, { "retry-after": "soon" })).not.toHaveProperty("retryAfterSeconds");
  });

  it("that leads elsewhere is not followed", async () => {
    const elsewhere = await receiver((response) => response.end());
    for (const status of [301, 302, 307, 308])
      expect(await outcome(status, { location: elsewhere.url })).toMatchObject({
        outcome: "refused",
        asked: 1,
      });
    expect(elsewhere.asked).toEqual([]);
  });

  it("as long as one likes is cut", async () => {
    const { url } = await receiver((response) => response.end("x".repeat(1_000_000)));
    const came = await channel().deliver(outbound({ to: url }), never);
    expect(JSON.stringify(came).length).toBeLessThan(700);
  });
});

describe("without an answer", () => {
  const big = outbound({ bytes: Buffer.alloc(30_000_000, "{") });
  const outcome = async (to: string, message = outbound(), over: Partial<WebhookOptions> = {}) =>
    (await channel(over).deliver({ ...message, to }, never)).outcome;

  it("nobody knows, once the whole body is out", async () => {
    const cut = (socket: Socket) =>
      socket.once("data", () => setTimeout(() => socket.destroy(), 50));
    expect(await outcome(await rawReceiver(cut))).toBe("unknown");
    const silent = (socket: Socket) => void socket.resume();
    expect(await outcome(await rawReceiver(silent), outbound(), { timeoutSeconds: 0.3 })).toBe(
      "unknown",
    );
  });

  it("it goes later, if it was not", async () => {
    const cut = (socket: Socket) => socket.once("data", () => socket.destroy());
    expect(await outcome(await rawReceiver(cut), big)).toBe("deferred");
    const unread = (socket: Socket) => void socket.pause();
    expect(await outcome(await rawReceiver(unread), big, { timeoutSeconds: 0.3 })).toBe("deferred");
    expect(await outcome("http://127.0.0.1:1/")).toBe("deferred");
    expect(await outcome("https://nowhere.invalid/")).toBe("deferred");
    const plain = await rawReceiver((socket) => void socket.resume());
    expect(
      await outcome(plain.replace("http:", "https:"), outbound(), { timeoutSeconds: 0.3 }),
    ).toBe("deferred");
  });
});

it("goes nowhere but to https, and to listed hosts if there is a list", async () => {
  const reason = async (to: string, over: Partial<WebhookOptions> = {}) => {
    const came = await channel({ timeoutSeconds: 0.2, ...over }).deliver(outbound({ to }), never);
    return came.outcome === "refused" ? came.reason : came.outcome;
  };
  expect(await reason("http://peer.example/")).toContain("https only");
  expect(await reason("http://127.0.0.1.evil.example/")).toContain("https only");
  expect(await reason("http://10.0.0.1/")).toContain("https only");
  expect(await reason("ftp://127.0.0.1/")).toContain("https only");
  expect(await reason("file:///etc/passwd")).toContain("https only");
  expect(await reason("https://user:pass@peer.example/")).toContain("no credentials");
  expect(await reason("peer.example")).toContain("no web address");
  const onlyHosts = ["sink.invalid"];
  expect(await reason("https://peer.example/", { onlyHosts })).toContain("does not leave");
  expect(await reason("https://sink.invalid/", { onlyHosts })).toBe("deferred");
});

it("sends nothing that nobody could tell is ours", async () => {
  const { url, asked } = await receiver((response) => response.end());
  const keyless = makeWebhookChannel({ timeoutSeconds: 1, now: () => NOW });
  expect(await keyless.deliver(outbound({ to: url }), never)).toMatchObject({
    outcome: "deferred",
  });
  const odd = outbound({ to: url, messageId: "<a\r\nX: y>" });
  expect(await channel().deliver(odd, never)).toMatchObject({ outcome: "refused" });
  expect(asked).toEqual([]);
});

/** Another implementation of Ed25519's verification, at the command line. */
function opensslVerifies(text: string, signature: Buffer): boolean {
  const dir = mkdtempSync(join(tmpdir(), "tocsin-webhook-"));
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const key = file("key.pem", createPublicKey(privateKey).export({ type: "spki", format: "pem" }));
  const args = ["-pubin", "-inkey", key, "-rawin", "-in", file("text", text)];
  try {
    execFileSync("openssl", ["pkeyutl", "-verify", ...args, "-sigfile", file("sig", signature)], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
