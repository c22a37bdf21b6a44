/** A file that is one document: a STIX bundle, a mail. */
import { createHash } from "node:crypto";
import type { Block } from "../../app/ports.ts";
import { Fault } from "../../core/fault.ts";

/** The largest document that is read, bytes: it lies in memory as a whole, and what is made of it beside it. */
export const WHOLE_LIMIT = 256 << 20;

/**
 * The bytes of a stream from an offset on as one block, or none if the stream ends there. The hash covers all bytes from the first.
 * A document that is cut short is given not at all: what a part of it means is not known, and the next run could not go on in the middle.
 */
export async function* gatherBlock(
  chunks: AsyncIterable<Uint8Array>,
  fromByte: number,
  path: string,
  limit = WHOLE_LIMIT,
): AsyncGenerator<Block> {
  const hash = createHash("sha256");
  const parts: Uint8Array[] = [];
  let offset = 0;
  let length = 0;
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      const skipped = Math.min(chunk.length, Math.max(0, fromByte - offset));
      offset += chunk.length;
      if (skipped === chunk.length) continue;
      length += chunk.length - skipped;
      if (length > limit) throw tooLarge(path, limit);
      // A copy: the chunk holds until the next one is asked for (and the slice of a Buffer is none).
      parts.push(new Uint8Array(chunk.subarray(skipped)));
    }
  } catch (error) {
    throw error instanceof Fault && error.code === "input-truncated"
      ? cutShort(path, error)
      : error;
  }
  if (length === 0) return;
  const sha256 = hash.digest("hex");
  yield { bytes: join(parts, length), toByte: offset, sha256: () => sha256 };
}

function join(parts: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function tooLarge(path: string, limit: number): Fault {
  return new Fault(
    "input-too-large",
    `${path}: a document of this format is read as a whole, and this one has more than ${limit >> 20} MB; ` +
      "split it (a STIX bundle or a MISP event into several) and ingest the parts",
  );
}

function cutShort(path: string, cause: Fault): Fault {
  return new Fault(
    "input-truncated",
    `${path}: the file is cut short or damaged, and as it is one document nothing of it is taken. Fetch it again and ingest it`,
    { cause },
  );
}
