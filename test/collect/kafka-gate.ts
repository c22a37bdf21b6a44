// TLS and SASL in front of a Kafka broker that has neither: frames of clients that are known go through, and back.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { connect, type AddressInfo, type Socket } from "node:net";
import { createServer } from "node:tls";
import { onTestFinished } from "vitest";
import type { Certificates } from "./tls.ts";

const API_VERSIONS = 18;
const SASL_HANDSHAKE = 17;
const SASL_AUTHENTICATE = 36;
const SASL_FAILED = 58;
const MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

/** Whom the gate lets through. */
export interface GateUser {
  readonly user: string;
  readonly password: string;
}

/** Opens a gate before a broker, such as `127.0.0.1:9092`; gives its own address. */
export async function openGate(
  broker: string,
  { cert, key }: Certificates,
  known: GateUser,
): Promise<string> {
  const [host, port] = [broker.split(":")[0]!, Number(broker.split(":")[1])];
  const server = createServer({ cert, key }, (client) => {
    const own = (server.address() as AddressInfo).port;
    const behind = connect(port, host);
    letThrough(client, behind, known, (answer) => withPort(answer, host, port, own));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `localhost:${(server.address() as AddressInfo).port}`;
}

function letThrough(
  client: Socket,
  behind: Socket,
  known: GateUser,
  rewrite: (answer: Buffer) => Buffer,
): void {
  const versionsAsked = new Set<number>();
  let sasl = new Sasl("", known);
  const close = (): void => void [client, behind].map((socket) => socket.destroy());
  for (const socket of [client, behind]) socket.on("error", close).on("close", close);
  onFrames(client, (frame) => {
    const [api, id] = [frame.readInt16BE(0), frame.readInt32BE(4)];
    const body = frame.subarray(10 + Math.max(0, frame.readInt16BE(8)));
    if (api === SASL_HANDSHAKE) {
      sasl = new Sasl(body.toString("utf8", 2), known);
      return void client.write(framed(int32(id), int16(0), int32(3), ...MECHANISMS.map(text)));
    }
    if (api === SASL_AUTHENTICATE) {
      const said = sasl.answer(body.subarray(4).toString("utf8"));
      const outcome =
        said === undefined ? [int16(SASL_FAILED), text("who?")] : [int16(0), int16(-1)];
      const bytes = Buffer.from(said ?? "");
      return void client.write(framed(int32(id), ...outcome, int32(bytes.length), bytes));
    }
    if (api === API_VERSIONS) versionsAsked.add(id);
    else if (!sasl.passed) return close();
    behind.write(framed(frame));
  });
  onFrames(behind, (answer) => {
    const id = answer.readInt32BE(0);
    client.write(framed(versionsAsked.delete(id) ? withSasl(answer) : rewrite(answer)));
  });
}

/** One talk of who the client is: PLAIN (RFC 4616) or SCRAM (RFC 5802). */
class Sasl {
  passed = false;
  readonly #mechanism: string;
  readonly #known: GateUser;
  readonly #salt = randomBytes(16);
  readonly #nonce = randomBytes(12).toString("hex");
  #first = "";

  constructor(mechanism: string, known: GateUser) {
    this.#mechanism = mechanism;
    this.#known = known;
  }

  /** What to say to this; `undefined` if it is not who it says. */
  answer(said: string): string | undefined {
    const { user, password } = this.#known;
    if (this.#mechanism === "PLAIN") {
      this.passed = said.endsWith(`\0${user}\0${password}`);
      return this.passed ? "" : undefined;
    }
    return this.#first === "" ? this.#begin(said) : this.#end(said);
  }

  #begin(said: string): string | undefined {
    const [, bare = "", user, nonce = ""] = /^n,,(n=([^,]*),r=(.*))$/.exec(said) ?? [];
    if (user !== this.#known.user) return undefined;
    const salt = this.#salt.toString("base64");
    const answer = `r=${nonce}${this.#nonce},s=${salt},i=4096`;
    this.#first = `${bare},${answer}`;
    return answer;
  }

  #end(said: string): string | undefined {
    const hash = this.#mechanism === "SCRAM-SHA-256" ? "sha256" : "sha512";
    const hmac = (key: Buffer, of: string): Buffer => createHmac(hash, key).update(of).digest();
    const [withoutProof = "", proof = ""] = said.split(",p=");
    const size = hash === "sha256" ? 32 : 64;
    const salted = pbkdf2Sync(this.#known.password, this.#salt, 4096, size, hash);
    const signed = `${this.#first},${withoutProof}`;
    const clientKey = hmac(salted, "Client Key");
    const stored = createHash(hash).update(clientKey).digest();
    const mask = hmac(stored, signed);
    this.passed = Buffer.from(proof, "base64").equals(clientKey.map((byte, i) => byte ^ mask[i]!));
    return this.passed
      ? `v=${hmac(hmac(salted, "Server Key"), signed).toString("base64")}`
      : undefined;
  }
}

/** An answer to ApiVersions that names the two of SASL as well. */
function withSasl(answer: Buffer): Buffer {
  const count = answer.readInt32BE(6);
  const end = 10 + 6 * count;
  const more = [SASL_HANDSHAKE, SASL_AUTHENTICATE].map((api) =>
    Buffer.concat([
      int16(api),
      int16(api === SASL_HANDSHAKE ? 1 : 0),
      int16(api === SASL_HANDSHAKE ? 1 : 0),
    ]),
  );
  const head = Buffer.from(answer.subarray(0, end));
  head.writeInt32BE(count + 2, 6);
  return Buffer.concat([head, ...more, answer.subarray(end)]);
}

/** Clients are sent to the gate where the broker names itself; the certificate is for both names of this machine. */
function withPort(answer: Buffer, host: string, port: number, own: number): Buffer {
  const at = Buffer.concat([text(host), int32(port)]);
  const here = Buffer.concat([text(host), int32(own)]);
  const rewritten = Buffer.from(answer);
  for (let i = rewritten.indexOf(at); i >= 0; i = rewritten.indexOf(at, i + 1))
    here.copy(rewritten, i);
  return rewritten;
}

function onFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  });
}

function framed(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length), body]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(words: string): Buffer {
  const bytes = Buffer.from(words);
  return Buffer.concat([int16(bytes.length), bytes]);
}
