import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { collectFrom, depotIn, folder } from "../../../test/collect/bench.ts";
import { absent } from "../../../test/collect/program.ts";
import { makeCertificates, withoutOpenssl } from "../../../test/collect/tls.ts";
import { makeSyslogCollector, type SyslogOptions } from "./index.ts";

const LOGGER = "/usr/bin/logger";

/** A receiver that runs until it is stopped. */
async function receiver(more: Partial<SyslogOptions> = {}, dir = folder()) {
  const depot = await depotIn(dir, "kept");
  const stop = new AbortController();
  let listening = (_port: number): void => undefined;
  const listens = new Promise<number>((resolve) => (listening = resolve));
  const collector = makeSyslogCollector({
    listen: "127.0.0.1",
    port: 0,
    transport: "tcp",
    keep: "text",
    rotateSeconds: 60,
    rotateBytes: 1 << 20,
    onListening: listening,
    ...more,
  });
  const lines: string[] = [];
  const onTaken = ({ text }: { text: string }) => lines.push(...text.split("\n").slice(0, -1));
  const ended = collectFrom(collector, depot, { signal: stop.signal, onTaken });
  return {
    dir,
    depot,
    lines,
    port: await Promise.race([listens, ended.then(() => 0)]),
    stop: async () => {
      stop.abort();
      return ended;
    },
    async until(count: number): Promise<void> {
      for (let tries = 0; lines.length < count && tries < 200; tries++) await delay(20);
    },
  };
}

const log = (port: number, ...args: string[]): void =>
  void execFileSync(LOGGER, ["-n", "127.0.0.1", "-P", String(port), "-t", "test", ...args]);

describe.skipIf(absent(LOGGER))("a syslog receiver", () => {
  it.each([
    ["TCP and octet counts", "tcp", ["-T", "--octet-count", "--rfc5424"]],
    ["TCP and lines", "tcp", ["-T", "--rfc3164"]],
    ["UDP, RFC 5424", "udp", ["-d", "--rfc5424"]],
    ["UDP, RFC 3164", "udp", ["-d", "--rfc3164"]],
  ] as const)("takes what logger sends over %s", async (_name, transport, args) => {
    const one = await receiver({ transport });
    log(one.port, ...args, '{"alert":"first"}');
    log(one.port, ...args, "second");
    await delay(100);
    expect(await one.stop()).toHaveLength(1);
    expect(one.lines).toEqual(['{"alert":"first"}', "second"]);
  });
});

describe("a syslog receiver", () => {
  const send = async (port: number, text: string): Promise<void> => {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.end(text, resolve));
  };

  it("closes a file when it is old enough, and when it is large enough", async () => {
    const old = await receiver({ rotateSeconds: 0.2 });
    await send(old.port, "<1>a\n");
    await old.until(1);
    expect(old.lines).toEqual(["a"]);
    await send(old.port, "<1>b\n");
    await old.until(2);
    expect(await old.stop()).toHaveLength(2);
    const large = await receiver({ rotateBytes: 10 });
    await send(large.port, `<1>${"x".repeat(20)}\n`);
    await large.until(1);
    expect(large.lines).toHaveLength(1);
    await large.stop();
  });

  it("loses nothing of a sender that is faster than the disk", async () => {
    const one = await receiver({ rotateBytes: 4 << 20 });
    const line = `<1>${"x".repeat(995)}\n`;
    await Promise.all(Array.from({ length: 4 }, () => send(one.port, line.repeat(8000))));
    await delay(100);
    const files = await one.stop();
    expect(one.lines).toHaveLength(32_000);
    expect(files.length).toBeGreaterThan(2);
  });

  it("keeps the lines of a file that a crash left open", async () => {
    const one = await receiver();
    await send(one.port, "<1>a\n<1>b\n");
    await delay(100);
    // Nothing is stopped in an orderly way: the next one finds the file open.
    const next = await depotIn(one.dir, "kept");
    expect(next.waiting().map(({ path }) => readFileSync(path, "utf8"))).toEqual(["a\nb\n"]);
    await one.stop().catch(() => undefined);
  });

  it("hears only whom it is to hear", async () => {
    const one = await receiver({ senders: ["192.0.2.0/24"] });
    await send(one.port, "<1>a\n");
    await delay(50);
    expect(await one.stop()).toEqual([]);
    const udp = await receiver({ transport: "udp", senders: ["127.0.0.0/8", "2001:db8::/32"] });
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) =>
      socket.send("<1>b", udp.port, "127.0.0.1", () => socket.close(resolve)),
    );
    await delay(50);
    await udp.stop();
    expect(udp.lines).toEqual(["b"]);
  });

  it("says so when the port is taken", async () => {
    const one = await receiver();
    await expect(receiver({ port: one.port }).then((two) => two.stop())).rejects.toMatchObject({
      code: "feed-unreachable",
    });
    await one.stop();
  });
});

describe.skipIf(withoutOpenssl)("a syslog receiver over TLS", () => {
  const counted = (message: string): string => `${Buffer.byteLength(message)} ${message}`;
  /** As bytes: what comes out is shown so. */
  const heard = ["first", Buffer.from("zwei: \u4e8c").toString("latin1")];
  const two = `${counted("<13>1 - - - - - - first")}${counted("<13>1 - - - - - - zwei: \u4e8c")}`;

  /** Says what it has to say, and waits until the receiver has heard all of it. */
  const say = (port: number, options: ConnectionOptions, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connectTls({ host: "127.0.0.1", port, ...options }, () => socket.end(text));
      socket.on("error", reject);
      socket.on("close", (broken) => (broken ? undefined : resolve()));
      socket.resume();
    });

  it("takes messages by their octets from who trusts our authority", async () => {
    const { cert, key, ca } = makeCertificates();
    const one = await receiver({ transport: "tls", tls: { cert, key }, rotateSeconds: 0.2 });
    await say(one.port, { ca }, two);
    await one.until(2);
    expect(one.lines).toEqual(heard);
    await expect(say(one.port, {}, two)).rejects.toMatchObject({
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
    // What speaks no TLS is not heard, and does no harm.
    await new Promise<void>((resolve) => {
      const socket = connect(one.port, "127.0.0.1", () => socket.write("<1>in the clear\n"));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
    });
    await say(one.port, { ca }, counted("<1>more"));
    await one.until(3);
    await one.stop();
    expect(one.lines.slice(2)).toEqual(["more"]);
  });

  it("takes what openssl s_client sends", async () => {
    const { cert, key, caFile } = makeCertificates();
    const one = await receiver({ transport: "tls", tls: { cert, key }, rotateSeconds: 0.2 });
    const trust = ["-CAfile", caFile, "-verify_return_error", "-quiet"];
    const client = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${one.port}`, ...trust]);
    client.stdin.write(two);
    await one.until(2);
    client.kill();
    await one.stop();
    expect(one.lines).toEqual(heard);
  });

  it("hears only senders with a certificate where that is asked for", async () => {
    const { cert, key, ca } = makeCertificates();
    const strangers = makeCertificates();
    const tls = { cert, key, clientCa: ca };
    const one = await receiver({ transport: "tls", tls, rotateSeconds: 0.2 });
    const stranger = { ca, cert: strangers.cert, key: strangers.key };
    await say(one.port, { ca }, counted("<1>nobody")).catch(() => undefined);
    await say(one.port, stranger, counted("<1>stranger")).catch(() => undefined);
    await say(one.port, { ca, cert, key }, counted("<1>known"));
    await one.until(1);
    await one.stop();
    expect(one.lines).toEqual(["known"]);
  });
});
