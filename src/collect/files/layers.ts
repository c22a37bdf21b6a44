/** What is packed in something packed: a `.csv.gz` in a zip, a gzip in a gzip. */
import { Readable } from "node:stream";
import { Fault } from "../../core/fault.ts";
import { decompress, packingOf } from "./decompress.ts";

/** How often a file may be packed besides the first time. */
const DEEPEST = 3;

/** How many bytes an inner packing may unpack to: more is no feed, but something made to never end. */
const LARGEST = 16 * 2 ** 30;

/** So many bytes tell the packing. */
const TELLING = 6;

/** The bytes that `chunks` are, or if these are packed themselves, what they unpack to. */
export async function* unpackLayers(
  chunks: AsyncGenerator<Uint8Array>,
  path: string,
  depth = 0,
): AsyncGenerator<Uint8Array> {
  const first = await firstChunk(chunks);
  const packing = packingOf(first);
  if (packing === "plain") {
    if (first.length > 0) yield first;
    yield* chunks;
    return;
  }
  try {
    if (packing === "zip")
      throw new Fault(
        "input-unreadable",
        `${path}: there is a zip archive within; unpack it first, and ingest the archive`,
      );
    if (depth === DEEPEST)
      throw new Fault("input-too-large", `${path} is packed more than ${DEEPEST + 1} times over`);
    const raw = Readable.from(rejoin(first, chunks), { objectMode: false });
    yield* unpackLayers(bounded(decompress(raw, packing, path), path), path, depth + 1);
  } finally {
    await chunks.return(undefined);
  }
}

async function firstChunk(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first = new Uint8Array(0);
  while (first.length < TELLING) {
    const { done, value } = await chunks.next();
    if (done) break;
    first = first.length === 0 ? new Uint8Array(value) : Buffer.concat([first, value]);
  }
  return first;
}

async function* rejoin(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* bounded(
  chunks: AsyncGenerator<Uint8Array>,
  path: string,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > LARGEST)
      throw new Fault("input-too-large", `${path} unpacks to more than 16 GiB from within`);
    yield chunk;
  }
}
