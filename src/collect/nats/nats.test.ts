import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Depot } from "../../app/collect-ports.ts";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, folder, type RunOptions } from "../../../test/collect/bench.ts";
import { makeCertificates, withoutOpenssl } from "../../../test/collect/tls.ts";
import { absent, freePort, startServer, stopServer } from "../../../test/collect/program.ts";
import { makeNatsCollector, type NatsOptions } from "./index.ts";
import { isIn, rangesOf } from "./seq-ranges.ts";

const NATS = "/usr/sbin/nats-server";

/** A NATS server with JetStream and a stream of alerts. */
async function nats() {
  const port = await freePort();
  const dir = folder();
  const config = join(dir, "nats.conf");
  writeFileSync(
    config,
    `listen: 127.0.0.1:${port}
jetstream { store_dir: "${dir}/js" }
authorization { token: "t0ken" }
`,
  );
  let server = await startServer(NATS, ["-c", config], port);
  const servers = [`127.0.0.1:${port}`];
  const open = async (): Promise<NatsConnection> => {
    const connection = await connect({ servers, token: "t0ken", reconnect: false });
    onTestFinished(() => connection.close());
    return connection;
  };
  let connection = await open();
  const manager = () => jetstreamManager(connection);
  const make = async () =>
    (await manager()).streams.add({ name: "ALERTS", subjects: ["alerts.>"] });
  await make();
  return {
    stop: () => stopServer(server),
    /** Cuts every connection, as the crash of a consumer cuts its own, and lets what was on its way come again soon. */
    restart: async (): Promise<void> => {
      await connection.close();
      await stopServer(server);
      server = await startServer(NATS, ["-c", config], port);
      connection = await open();
      await (await manager()).consumers.update("ALERTS", "tocsin", { ack_wait: 500_000_000 });
      await delay(700);
    },
    servers,
    manager,
    make,
    publish: async (from: number, to: number, subject = "alerts.a"): Promise<void> => {
      const client = jetstream(connection);
      for (let i = from; i <= to; i++) await client.publish(subject, `{"n":${i}}`);
    },
    pending: async (): Promise<number> => {
      const info = await (await manager()).consumers.info("ALERTS", "tocsin");
      return info.num_pending + info.num_ack_pending;
    },
  };
}

const usual = (servers: readonly string[]): NatsOptions => ({
  servers,
  stream: "ALERTS",
  consumer: "tocsin",
  token: new Secret("t0ken"),
  messages: "lines",
  rotateSeconds: 0.2,
  rotateBytes: 1 << 20,
});

const from = (servers: readonly string[], more: Partial<NatsOptions> = {}) =>
  makeNatsCollector({ ...usual(servers), ...more });

/** Runs until so many lines have come, or the time is over. */
async function consume(
  servers: readonly string[],
  depot: Depot,
  lines: number,
  options: RunOptions & { more?: Partial<NatsOptions> } = {},
): Promise<string[]> {
  const stop = new AbortController();
  const got: string[] = [];
  const onTaken = ({ text }: { text: string }): void => {
    got.push(...text.trimEnd().split("\n"));
    if (got.length >= lines) setTimeout(() => stop.abort(), 50);
  };
  const timer = setTimeout(() => stop.abort(), 3000);
  await collectFrom(from(servers, options.more), depot, {
    ...options,
    signal: stop.signal,
    onTaken,
  });
  clearTimeout(timer);
  return got;
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `{"n":${from + i}}`);

describe.skipIf(absent(NATS))("a NATS stream", () => {
  it("is taken from its beginning, and goes on where it was", async () => {
    const { servers, publish, pending } = await nats();
    await publish(1, 50);
    const depot = await depotIn();
    expect(await consume(servers, depot, 50)).toEqual(numbered(1, 50));
    expect(await pending()).toBe(0);
    await publish(51, 60);
    expect(await consume(servers, depot, 10)).toEqual(numbered(51, 60));
  });

  it("gives what was on its way again, but nothing that the journal has", async () => {
    const { servers, publish, pending, restart } = await nats();
    await publish(1, 20);
    const dir = folder();
    const lost = { crash: { at: 1, journaled: false } };
    await consume(servers, await depotIn(dir), 20, lost);
    expect(await pending()).toBe(20);
    await restart();
    const saved = { crash: { at: 1, journaled: true } };
    expect(await consume(servers, await depotIn(dir), 20, saved)).toEqual(numbered(1, 20));
    expect(await pending()).toBe(20);
    await restart();
    await publish(21, 22);
    expect(await consume(servers, await depotIn(dir), 2)).toEqual(numbered(21, 22));
    expect(await pending()).toBe(0);
  });

  it("gives each message as a file where that is wanted, and of wanted subjects only", async () => {
    const { servers, publish } = await nats();
    await publish(1, 2);
    await publish(3, 4, "alerts.b");
    const depot = await depotIn();
    const more = { messages: "files", subjects: ["alerts.b"] } as const;
    expect(await consume(servers, depot, 2, { more })).toEqual(numbered(3, 4));
    expect(depot.waiting().map(({ id }) => id)).toEqual(["ALERTS:3", "ALERTS:4"]);
  });

  it("is read anew when it was made anew", async () => {
    const { servers, publish, manager, make } = await nats();
    await publish(1, 3);
    const depot = await depotIn();
    await consume(servers, depot, 3);
    await (await manager()).streams.delete("ALERTS");
    await make();
    await publish(1, 3);
    expect(await consume(servers, depot, 3)).toEqual(numbered(1, 3));
  });

  it("that goes down is out of reach; one that is not there, or not for us, refuses", async () => {
    const { servers, publish, stop } = await nats();
    await publish(1, 3);
    const depot = await depotIn();
    const wrong = collectFrom(from(servers, { token: new Secret("x") }), depot);
    await expect(wrong).rejects.toMatchObject({ code: "feed-refused" });
    const absent = collectFrom(from(servers, { stream: "NONE" }), depot);
    await expect(absent).rejects.toMatchObject({ code: "feed-refused" });
    const running = collectFrom(from(servers), depot, {
      onTaken: () => void stop(),
    });
    await expect(running).rejects.toMatchObject({ code: "feed-unreachable" });
    await expect(collectFrom(from(servers), depot)).rejects.toMatchObject({
      code: "feed-unreachable",
    });
    expect(depot.standing.deliveries).toBe(1);
  });
});

it("ranges hold the numbers that they are made of, and no others", () => {
  const ranges = rangesOf([5, 3, 4, 9, 1, 4]);
  expect(ranges).toEqual([
    [1, 1],
    [3, 5],
    [9, 9],
  ]);
  expect([1, 2, 3, 5, 6, 9, 10].filter((seq) => isIn(ranges, seq))).toEqual([1, 3, 5, 9]);
});

describe.skipIf(absent(NATS) || withoutOpenssl)("NATS over TLS", () => {
  it("is asked with user and password, under a certificate that we know", async () => {
    const { ca, caFile, certFile, keyFile } = makeCertificates();
    const port = await freePort();
    const dir = folder();
    const config = join(dir, "nats.conf");
    writeFileSync(
      config,
      `listen: 127.0.0.1:${port}
jetstream { store_dir: "${dir}/js" }
authorization { user: "cert", password: "s3cret" }
tls { cert_file: "${certFile}", key_file: "${keyFile}", ca_file: "${caFile}" }
`,
    );
    await startServer(NATS, ["-c", config], port);
    const servers = [`127.0.0.1:${port}`];
    const connection = await connect({ servers, user: "cert", pass: "s3cret", tls: { ca } });
    onTestFinished(() => connection.close());
    await (await jetstreamManager(connection)).streams.add({ name: "ALERTS", subjects: ["a.>"] });
    await jetstream(connection).publish("a.b", "over TLS");

    const stop = new AbortController();
    const taking = async (more: Partial<NatsOptions>) => {
      const { token: _token, ...base } = usual(servers);
      const feed = makeNatsCollector({ ...base, ca, user: "cert", ...more });
      const onTaken = (): void => stop.abort();
      return collectFrom(feed, await depotIn(), { signal: stop.signal, onTaken });
    };
    const password = new Secret("s3cret");
    const unknown = makeCertificates().ca;
    await expect(taking({ password, ca: unknown })).rejects.toMatchObject({
      code: "feed-unreachable",
    });
    await expect(taking({ password: new Secret("wrong") })).rejects.toMatchObject({
      code: "feed-refused",
    });
    expect(await taking({ password })).toMatchObject([{ text: "over TLS\n" }]);
  });
});
