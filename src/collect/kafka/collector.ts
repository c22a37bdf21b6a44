import type { Collector, CollectRun, CollectState } from "../../app/collect-ports.ts";
import { MessageQueue } from "../shared/message-queue.ts";
import {
  type Rotation,
  spoolStream,
  type StreamMessage,
  type StreamSource,
} from "../shared/stream-spooler.ts";

/** Where a message stands. Offsets are decimal texts: they may be larger than a number can be. */
export interface KafkaPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** What is needed of a Kafka client. Its methods throw FeedFaults. */
export interface KafkaConsumer {
  /**
   * Joins the group and hands over messages until it is closed, of each partition in their order; the next are not fetched
   * before `take` returns.
   */
  run(take: (messages: readonly StreamMessage<KafkaPosition>[]) => Promise<void>): Promise<void>;
  /** Settles when the consumer has broken down for good. */
  readonly broken: Promise<never>;
  /** Commits the offsets behind these, one for each partition. */
  commit(behind: readonly KafkaPosition[]): Promise<void>;
  close(): Promise<void>;
}

/** A consumer group. */
export interface KafkaOptions extends Rotation {
  readonly topics: readonly string[];
  connect(): KafkaConsumer;
}

const QUEUE_BYTES = 16 << 20;

/** By topic and partition: the first and the last offset of the messages that were journaled last. */
type Ranges = Readonly<Record<string, readonly [string, string]>>;

/**
 * Consumes topics in a group. Offsets are committed when the journal has the messages; those of the last ones are part of the
 * state, so what comes again because a crash was faster is known.
 */
export function makeKafkaCollector(options: KafkaOptions): Collector {
  return {
    manner: "listens",
    unjournaled: "dropped",
    async *collect(run) {
      const consumer = options.connect();
      const source = new KafkaSource(consumer, run);
      const stop = (): void => source.end();
      run.signal.addEventListener("abort", stop, { once: true });
      try {
        await source.begin();
        yield { deliveries: [] };
        const fileName = `${options.topics.join("_")}.log`;
        yield* spoolStream(source, { ...options, fileName }, run);
      } finally {
        run.signal.removeEventListener("abort", stop);
        source.end();
        await consumer.close();
      }
    },
  };
}

class KafkaSource implements StreamSource<KafkaPosition> {
  readonly #consumer: KafkaConsumer;
  readonly #run: CollectRun;
  readonly #queue = new MessageQueue<StreamMessage<KafkaPosition>>(
    QUEUE_BYTES,
    ({ bytes }) => bytes.length + 1,
  );
  readonly #uncommitted: Ranges;

  constructor(consumer: KafkaConsumer, run: CollectRun) {
    this.#consumer = consumer;
    this.#run = run;
    this.#uncommitted = (run.state?.["uncommitted"] ?? {}) as Ranges;
  }

  end(): void {
    this.#queue.end();
  }

  async begin(): Promise<void> {
    if (this.#run.signal.aborted) return this.end();
    this.#consumer.broken.catch((error: Error) => this.#queue.fail(error));
    await this.#consumer.run(async (messages) => {
      for (const message of messages) if (!this.#known(message.position)) this.#queue.push(message);
      await this.#queue.room();
    });
  }

  messages(): AsyncIterable<StreamMessage<KafkaPosition>[]> {
    return this.#queue.batches();
  }

  idOf(positions: readonly KafkaPosition[]): string {
    const [first, last] = [positions[0]!, positions.at(-1)!];
    const name = (one: KafkaPosition): string => `${placeOf(one)}/${one.offset}`;
    return positions.length === 1 ? name(first) : `${name(first)}-${name(last)}`;
  }

  stateOf(positions: readonly KafkaPosition[]): CollectState {
    const uncommitted: Record<string, [string, string]> = {};
    for (const position of positions) {
      const range = (uncommitted[placeOf(position)] ??= [position.offset, position.offset]);
      range[1] = position.offset;
    }
    return { uncommitted };
  }

  async acknowledge(positions: readonly KafkaPosition[]): Promise<void> {
    const last = new Map(positions.map((one) => [placeOf(one), one]));
    await this.#consumer.commit(
      [...last.values()].map((one) => ({ ...one, offset: String(BigInt(one.offset) + 1n) })),
    );
  }

  #known(position: KafkaPosition): boolean {
    const range = this.#uncommitted[placeOf(position)];
    const offset = BigInt(position.offset);
    return range !== undefined && BigInt(range[0]) <= offset && offset <= BigInt(range[1]);
  }
}

function placeOf({ topic, partition }: KafkaPosition): string {
  return `${topic}/${partition}`;
}
