import {
  AckPolicy,
  type ConsumerConfig,
  type ConsumerMessages,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import {
  connect,
  credsAuthenticator,
  type NatsConnection,
  nanos,
  type NodeConnectionOptions,
} from "@nats-io/transport-node";
import type { Collector, CollectRun } from "../../app/collect-ports.ts";
import type { Secret } from "../../core/secret.ts";
import {
  type Rotation,
  spoolStream,
  type StreamMessage,
  type StreamSource,
} from "../shared/stream-spooler.ts";
import { natsFault } from "./nats-fault.ts";
import { isIn, rangesOf, type SeqRanges } from "./seq-ranges.ts";

/** A consumer of a JetStream stream. */
export interface NatsOptions extends Rotation {
  readonly servers: readonly string[];
  readonly stream: string;
  /** The durable consumer. */
  readonly consumer: string;
  readonly subjects?: readonly string[];
  readonly user?: string;
  readonly password?: Secret;
  readonly token?: Secret;
  /** The text of a `.creds` file. */
  readonly creds?: Secret;
  readonly ca?: string;
}

/** Journaled with the last messages that were taken: those that the server may not know of yet. */
interface State {
  /** Its name, and when it was made: a stream that is made anew counts from 1 again. */
  readonly stream: string;
  readonly unacknowledged: SeqRanges;
}

const MOST_PENDING = 20_000;

/**
 * Consumes a stream through a durable consumer: the server keeps our place. A message is acknowledged when the journal has it; one
 * that comes again because a crash or the network was faster is told from the state.
 */
export function makeNatsCollector(options: NatsOptions): Collector {
  return {
    manner: "listens",
    unjournaled: "dropped",
    async *collect(run) {
      const connection = await open(options);
      const stop = (): void => void connection.close();
      run.signal.addEventListener("abort", stop, { once: true });
      try {
        const source = new NatsSource(connection, options, run);
        await source.begin();
        yield { deliveries: [] };
        const fileName = `${options.stream}.log`;
        yield* spoolStream(source, { ...options, fileName }, run);
      } finally {
        run.signal.removeEventListener("abort", stop);
        await connection.close();
      }
    },
  };
}

async function open(options: NatsOptions): Promise<NatsConnection> {
  const { servers, user, password, token, creds, ca } = options;
  const asked: NodeConnectionOptions = {
    servers: [...servers],
    name: "tocsin",
    timeout: 10_000,
    // The feed's own back-off does that.
    reconnect: false,
    ...(user === undefined ? {} : { user }),
    ...(password ? { pass: password.reveal() } : {}),
    ...(token ? { token: token.reveal() } : {}),
    ...(creds ? { authenticator: credsAuthenticator(Buffer.from(creds.reveal())) } : {}),
    ...(ca === undefined ? {} : { tls: { ca } }),
  };
  return connect(asked).catch((cause: unknown) => {
    throw natsFault(servers, cause);
  });
}

class NatsSource implements StreamSource<JsMsg> {
  readonly #connection: NatsConnection;
  readonly #options: NatsOptions;
  readonly #run: CollectRun;
  #stream = "";
  #consuming: ConsumerMessages | undefined;

  constructor(connection: NatsConnection, options: NatsOptions, run: CollectRun) {
    this.#connection = connection;
    this.#options = options;
    this.#run = run;
  }

  /** Throws a FeedFault where there is no such stream. */
  async begin(): Promise<void> {
    this.#consuming = await this.#consume().catch((cause: unknown) => {
      throw natsFault(this.#options.servers, cause);
    });
  }

  async *messages(): AsyncGenerator<StreamMessage<JsMsg>[]> {
    try {
      const state = this.#run.state as State | undefined;
      const taken = state?.stream === this.#stream ? state.unacknowledged : [];
      for await (const message of this.#consuming ?? []) {
        if (isIn(taken, message.seq)) message.ack();
        else yield [{ bytes: message.data, position: message }];
      }
    } catch (cause) {
      if (this.#run.signal.aborted) return;
      throw natsFault(this.#options.servers, cause);
    }
    // It ends by itself only when the connection has.
    if (!this.#run.signal.aborted)
      throw natsFault(this.#options.servers, await this.#connection.closed());
  }

  idOf(messages: readonly JsMsg[]): string {
    const [first] = messages;
    const { stream } = this.#options;
    const last = messages.at(-1);
    return first === last ? `${stream}:${first?.seq}` : `${stream}:${first?.seq}-${last?.seq}`;
  }

  stateOf(messages: readonly JsMsg[]): Record<string, unknown> {
    const unacknowledged = rangesOf(messages.map(({ seq }) => seq));
    return { stream: this.#stream, unacknowledged } satisfies State;
  }

  /** All but the last are acknowledged unheard; with the answer to the last the server has them all. */
  async acknowledge(messages: readonly JsMsg[]): Promise<void> {
    if (this.#connection.isClosed()) return;
    for (const message of messages.slice(0, -1)) message.ack();
    await messages
      .at(-1)
      ?.ackAck()
      .catch((cause: unknown) => {
        // Stopped meanwhile: the state says that they are ours.
        if (!this.#run.signal.aborted) throw natsFault(this.#options.servers, cause);
      });
  }

  async #consume(): Promise<ConsumerMessages> {
    const { stream, consumer, subjects, rotateSeconds } = this.#options;
    const manager = await jetstreamManager(this.#connection);
    const { created } = await manager.streams.info(stream);
    this.#stream = `${stream}@${created}`;
    const known = await manager.consumers.info(stream, consumer).catch(() => undefined);
    if (!known)
      await manager.consumers.add(stream, {
        durable_name: consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        // Longer than a file is open, so that what is on its way to the journal is not sent again.
        ack_wait: nanos(Math.max(300, rotateSeconds * 3) * 1000),
        max_ack_pending: MOST_PENDING,
        ...filterOf(subjects),
      });
    const taking = await jetstream(this.#connection).consumers.get(stream, consumer);
    return taking.consume({ max_messages: 1000 });
  }
}

/** Several subjects need NATS 2.10. */
function filterOf(subjects: readonly string[] = []): Partial<ConsumerConfig> {
  if (subjects.length > 1) return { filter_subjects: [...subjects] };
  return subjects[0] === undefined ? {} : { filter_subject: subjects[0] };
}
