import { open } from "node:fs/promises";
import { Fault } from "../../core/fault.ts";

const CHUNK_BYTES = 1 << 20;

/** The bytes of a file, chunk by chunk, all in one buffer: a chunk holds until the next one is asked for. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES).catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): Fault {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Fault("input-unreadable", `${path}: ${message}`, { cause });
}
