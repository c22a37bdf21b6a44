import { type Consumer, type EachBatchPayload, Kafka, logLevel, type SASLOptions } from "kafkajs";
import { FeedFault } from "../../app/collect-ports.ts";
import type { Secret } from "../../core/secret.ts";
import type { StreamMessage } from "../shared/stream-spooler.ts";
import type { KafkaConsumer, KafkaPosition } from "./collector.ts";

/** How to reach a cluster. */
export interface KafkaClientOptions {
  readonly brokers: readonly string[];
  readonly topics: readonly string[];
  readonly group: string;
  readonly tls: boolean;
  readonly ca?: string;
  readonly sasl?: {
    readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
    readonly user: string;
    readonly password: Secret;
  };
}

const BEAT_MS = 3000;

/** A consumer of KafkaJS. */
export function kafkaConsumer(options: KafkaClientOptions): KafkaConsumer {
  const { brokers, group, tls, ca } = options;
  const kafka = new Kafka({
    clientId: "tocsin",
    brokers: [...brokers],
    ssl: tls ? (ca === undefined ? true : { ca }) : false,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 10_000,
    retry: { retries: 2 },
    ...(options.sasl ? { sasl: saslOf(options.sasl) } : {}),
  });
  const restart = { restartOnFailure: () => Promise.resolve(false) };
  return new KafkaJsConsumer(kafka.consumer({ groupId: group, retry: { ...restart } }), options);
}

class KafkaJsConsumer implements KafkaConsumer {
  readonly #consumer: Consumer;
  readonly #options: KafkaClientOptions;
  readonly broken: Promise<never>;

  constructor(consumer: Consumer, options: KafkaClientOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.broken = new Promise((_resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(this.#fault(payload.error)));
    });
    this.broken.catch(() => undefined);
  }

  async run(
    take: (messages: readonly StreamMessage<KafkaPosition>[]) => Promise<void>,
  ): Promise<void> {
    await this.#ask(async () => {
      await this.#consumer.connect();
      await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true });
      await this.#consumer.run({
        autoCommit: false,
        eachBatch: async (payload) => {
          // Whoever takes may have to wait: we stay in the group meanwhile.
          const beat = setInterval(() => void payload.heartbeat().catch(() => undefined), BEAT_MS);
          try {
            await take(messagesOf(payload));
          } finally {
            clearInterval(beat);
          }
        },
      });
    });
  }

  async commit(behind: readonly KafkaPosition[]): Promise<void> {
    await this.#ask(() => this.#consumer.commitOffsets([...behind]));
  }

  async close(): Promise<void> {
    // What is done is done; the cluster notices that we are gone.
    await this.#consumer.disconnect().catch(() => undefined);
  }

  async #ask<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      throw this.#fault(cause);
    }
  }

  #fault(cause: unknown): FeedFault {
    const { name = "", message = String(cause) } = cause as Partial<Error>;
    const refused = /SASL|authoriz|UnknownTopic|does not host this topic/i.test(
      `${name} ${message}`,
    );
    const code = refused ? "feed-refused" : "feed-unreachable";
    return new FeedFault(code, `Kafka at ${this.#options.brokers.join(", ")}: ${message}`, {
      cause,
    });
  }
}

function messagesOf({ batch }: EachBatchPayload): StreamMessage<KafkaPosition>[] {
  const { topic, partition } = batch;
  return batch.messages.map(({ value, offset }) => ({
    bytes: value ?? Buffer.alloc(0),
    position: { topic, partition, offset },
  }));
}

function saslOf({ mechanism, user, password }: NonNullable<KafkaClientOptions["sasl"]>) {
  return { mechanism, username: user, password: password.reveal() } as SASLOptions;
}
