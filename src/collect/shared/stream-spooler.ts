/** Writes what streams in to files of the spool, one after the other. */
import type {
  CollectRun,
  CollectState,
  Delivery,
  SpoolFile,
  Taken,
} from "../../app/collect-ports.ts";

/** A message, and where it stands in the stream. */
export interface StreamMessage<Position> {
  readonly bytes: Uint8Array;
  readonly position: Position;
}

/** A stream of messages, of whatever broker. */
export interface StreamSource<Position> {
  /** What has come, as soon as there is some; ends when the run is to stop. Throws a FeedFault. */
  messages(): AsyncIterable<readonly StreamMessage<Position>[]>;
  /** The id of a delivery of these. */
  idOf(positions: readonly Position[]): string;
  /** What, journaled with these, shows after a crash that they were taken. */
  stateOf(positions: readonly Position[]): CollectState | undefined;
  /** Tells the remote side that these are ours. Called when they are journaled. */
  acknowledge(positions: readonly Position[]): Promise<void>;
}

/** When files are closed. */
export interface Rotation {
  /** `lines`: messages are the lines of one file; `files`: each is a file of its own. */
  readonly messages: "lines" | "files";
  readonly rotateSeconds: number;
  readonly rotateBytes: number;
}

/** So many messages are acknowledged together at most, where each is a file. */
const MOST_FILES = 500;
const LF = 10;
const LINE_END = Uint8Array.of(LF);

/** Spools a stream until it ends. A file is closed when it is large enough, old enough, or the last. */
export async function* spoolStream<Position>(
  source: StreamSource<Position>,
  rotation: Rotation & { readonly fileName: string },
  run: CollectRun,
): AsyncGenerator<Taken> {
  const incoming = source.messages()[Symbol.asyncIterator]();
  let next = incoming.next();
  // It is awaited below, but perhaps not before it fails.
  next.catch(() => undefined);
  const flush = async function* (batch: Batch<Position>): AsyncGenerator<Taken> {
    yield await taken(batch, source);
    await source.acknowledge(batch.positions);
  };
  let batch: Batch<Position> | undefined;
  try {
    for (;;) {
      const arrived = await (batch ? before(next, batch.deadline) : next);
      if (arrived === undefined || arrived.done) {
        if (batch) yield* flush(batch);
        batch = undefined;
        if (arrived?.done) return;
        continue;
      }
      batch ??= new Batch(source, rotation, run);
      for (const message of arrived.value) await batch.add(message);
      next = incoming.next();
      next.catch(() => undefined);
      if (batch.full) {
        yield* flush(batch);
        batch = undefined;
      }
    }
  } catch (error) {
    // The stream broke off: what came is journaled all the same, so that it is known if it comes again.
    const last = batch;
    batch = undefined;
    if (last?.open) yield await taken(last, source);
    throw error;
  } finally {
    await batch?.discard();
    await incoming.return?.();
  }
}

async function taken<Position>(
  batch: Batch<Position>,
  source: StreamSource<Position>,
): Promise<Taken> {
  const deliveries = await batch.close();
  const state = source.stateOf(batch.positions);
  return { deliveries, ...(state ? { state } : {}) };
}

/** The result of a promise, or `undefined` if the time comes first. */
async function before<T>(promise: Promise<T>, deadline: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is journaled together. */
class Batch<Position> {
  readonly deadline: number;
  readonly #source: StreamSource<Position>;
  readonly #rotation: Rotation & { readonly fileName: string };
  readonly #run: CollectRun;
  readonly positions: Position[] = [];
  readonly #deliveries: Delivery[] = [];
  #file: SpoolFile | undefined;
  #bytes = 0;
  open = true;

  constructor(
    source: StreamSource<Position>,
    rotation: Rotation & { readonly fileName: string },
    run: CollectRun,
  ) {
    this.#source = source;
    this.#rotation = rotation;
    this.#run = run;
    this.deadline = performance.now() + rotation.rotateSeconds * 1000;
  }

  get full(): boolean {
    return this.#bytes >= this.#rotation.rotateBytes || this.#deliveries.length >= MOST_FILES;
  }

  async add({ bytes, position }: StreamMessage<Position>): Promise<void> {
    this.positions.push(position);
    this.#bytes += bytes.length;
    if (bytes.length === 0) return;
    const { spool } = this.#run;
    const { fileName, messages } = this.#rotation;
    if (messages === "files") {
      const id = this.#source.idOf([position]);
      this.#deliveries.push(await spool.put({ id, name: fileName }, [bytes]));
      return;
    }
    // Its id is known when it is closed.
    this.#file ??= await spool.open({ id: "", name: fileName });
    await this.#file.write(bytes.at(-1) === LF ? bytes : Buffer.concat([bytes, LINE_END]));
  }

  async close(): Promise<Delivery[]> {
    this.open = false;
    if (this.#file) {
      const delivery = await this.#file.commit();
      this.#deliveries.push({ ...delivery, id: this.#source.idOf(this.positions) });
    }
    return this.#deliveries;
  }

  async discard(): Promise<void> {
    if (this.open) await this.#file?.discard();
  }
}
