import { execFileSync, spawn } from "node:child_process";
import { Kafka, logLevel } from "kafkajs";
import { describe, expect, it, onTestFinished } from "vitest";
import { collectFrom, depotIn, folder, type RunOptions } from "../../../test/collect/bench.ts";
import { openGate } from "../../../test/collect/kafka-gate.ts";
import { makeCertificates, withoutOpenssl } from "../../../test/collect/tls.ts";
import { Secret } from "../../core/secret.ts";
import { absent, freePort } from "../../../test/collect/program.ts";
import {
  kafkaConsumer,
  type KafkaConsumer,
  type KafkaOptions,
  makeKafkaCollector,
} from "./index.ts";

/** A log of two partitions and the offsets that were committed, behind the port. */
class Log {
  readonly partitions: string[][] = [[], []];
  readonly committed = ["0", "0"];
  connections = 0;

  connect(): KafkaConsumer {
    let closed = false;
    this.connections++;
    return {
      broken: new Promise(() => undefined),
      run: async (take) => {
        for (const [partition, messages] of this.partitions.entries()) {
          const from = Number(this.committed[partition]);
          const batch = messages.slice(from).map((text, i) => ({
            bytes: Buffer.from(text),
            position: { topic: "alerts", partition, offset: String(from + i) },
          }));
          if (!closed && batch.length > 0) await take(batch);
        }
      },
      commit: async (behind) => {
        for (const { partition, offset } of behind) this.committed[partition] = offset;
      },
      close: async () => {
        closed = true;
      },
    };
  }
}

const from = (log: Log, more: Partial<KafkaOptions> = {}) =>
  makeKafkaCollector({
    topics: ["alerts"],
    messages: "lines",
    rotateSeconds: 0.1,
    rotateBytes: 1 << 20,
    connect: () => log.connect(),
    ...more,
  });

/** Runs for as long as a file is open, and a little more. */
async function consume(
  log: Log,
  dir: string,
  options: RunOptions & { more?: Partial<KafkaOptions> } = {},
): Promise<string[]> {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  const taken = await collectFrom(from(log, options.more), await depotIn(dir), {
    ...options,
    signal: stop.signal,
  });
  return taken.flatMap(({ text }) => text.trimEnd().split("\n"));
}

describe("Kafka topics", () => {
  it("are taken from where the group is; offsets are committed when the journal has them", async () => {
    const log = new Log();
    log.partitions[0]!.push("a", "b");
    log.partitions[1]!.push("c");
    const dir = folder();
    expect(await consume(log, dir, { crash: { at: 1, journaled: false } })).toEqual([]);
    expect(log.committed).toEqual(["0", "0"]);
    expect(await consume(log, dir)).toEqual(["a", "b", "c"]);
    expect(log.committed).toEqual(["2", "1"]);
    log.partitions[0]!.push("d");
    expect(await consume(log, dir)).toEqual(["d"]);
  });

  it("give nothing twice that the journal has, though its offset was not committed", async () => {
    const log = new Log();
    log.partitions[0]!.push("a", "b");
    const dir = folder();
    await consume(log, dir, { crash: { at: 1, journaled: true } });
    expect(log.committed).toEqual(["0", "0"]);
    log.partitions[0]!.push("c");
    expect(await consume(log, dir)).toEqual(["c"]);
    expect(log.committed).toEqual(["3", "0"]);
  });

  it("give each message as a file where that is wanted", async () => {
    const log = new Log();
    log.partitions[1]!.push("a", "b");
    expect(await consume(log, folder(), { more: { messages: "files" } })).toEqual(["a", "b"]);
  });

  it("fail as a feed where no broker answers", async () => {
    const brokers = [`127.0.0.1:${await freePort()}`];
    const connect = () => kafkaConsumer({ brokers, topics: ["alerts"], group: "g", tls: false });
    const taking = collectFrom(from(new Log(), { connect }), await depotIn());
    await expect(taking).rejects.toMatchObject({ code: "feed-unreachable" });
  });
});

const KCAT = "/usr/bin/kcat";

/** The broker that librdkafka has for tests: it lives in a kcat that waits for input. */
async function startBroker(): Promise<string> {
  const mock = ["-X", "test.mock.num.brokers=1", "-d", "mock"];
  const broker = spawn(KCAT, ["-P", "-t", "unused", "-b", "127.0.0.1:9", ...mock]);
  onTestFinished(() => void broker.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    broker.on("exit", () => reject(new Error("kcat ended")));
    broker.stderr.on("data", (said: Buffer) => {
      const [, address] = /bootstrap\.servers=(\S+)/.exec(said.toString()) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

describe.skipIf(absent(KCAT))("Kafka topics of a broker", () => {
  it("are taken through KafkaJS, and the group's offsets are committed", async () => {
    const broker = await startBroker();
    const produce = (lines: readonly string[]): void =>
      void execFileSync(KCAT, ["-P", "-b", broker, "-t", "alerts"], {
        input: `${lines.join("\n")}\n`,
      });
    produce(["a", "b", "c"]);
    const client = { brokers: [broker], topics: ["alerts"], group: "tocsin", tls: false };
    const stop = new AbortController();
    const got: string[] = [];
    const onTaken = ({ text }: { text: string }): void => {
      got.push(...text.trimEnd().split("\n"));
      if (got.length === 3) produce(["d"]);
      if (got.length === 4) setTimeout(() => stop.abort(), 300);
    };
    const collector = from(new Log(), { connect: () => kafkaConsumer(client) });
    await collectFrom(collector, await depotIn(), { signal: stop.signal, onTaken });
    expect(got.toSorted()).toEqual(["a", "b", "c", "d"]);
    // The broker of librdkafka lets nobody join a group again, but it knows the group's offsets.
    const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const offsets = await admin.fetchOffsets({ groupId: "tocsin", topics: ["alerts"] });
    await admin.disconnect();
    const behind = offsets.flatMap(({ partitions }) => partitions.map(({ offset }) => +offset));
    expect(behind.reduce((sum, offset) => sum + Math.max(0, offset), 0)).toBe(4);
  }, 120_000);
});

describe.skipIf(absent(KCAT) || withoutOpenssl)("Kafka over TLS, by user and password", () => {
  it.each(["plain", "scram-sha-256", "scram-sha-512"] as const)(
    "is taken with %s, under a certificate that we know",
    async (mechanism) => {
      const certificates = makeCertificates();
      const broker = await startBroker();
      execFileSync(KCAT, ["-P", "-b", broker, "-t", "alerts"], { input: "a\nb\n" });
      const gate = await openGate(broker, certificates, { user: "cert", password: "s3cret" });
      const take = async (ca: string, word: string) => {
        const sasl = { mechanism, user: "cert", password: new Secret(word) };
        const topic = { brokers: [gate], topics: ["alerts"], group: `by-${mechanism}` };
        const connect = () => kafkaConsumer({ ...topic, tls: true, ca, sasl });
        const stop = new AbortController();
        const got: string[] = [];
        const onTaken = ({ text }: { text: string }): void => {
          got.push(...text.trimEnd().split("\n"));
          if (got.length === 2) stop.abort();
        };
        const depot = await depotIn();
        await collectFrom(from(new Log(), { connect }), depot, { signal: stop.signal, onTaken });
        return got;
      };
      await expect(take(makeCertificates().ca, "s3cret")).rejects.toMatchObject({
        code: "feed-unreachable",
      });
      await expect(take(certificates.ca, "wrong")).rejects.toMatchObject({ code: "feed-refused" });
      expect((await take(certificates.ca, "s3cret")).toSorted()).toEqual(["a", "b"]);
    },
    120_000,
  );
});
