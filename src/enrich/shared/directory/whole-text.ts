import { Fault } from "../../../core/fault.ts";

/** Directories that are read at once are a few megabytes; what is larger is something else. */
const MOST_BYTES = 256 << 20;

/** All text of a file, without a byte-order mark. Throws `input-too-large`. */
export async function wholeText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Fault("input-too-large", "the file has more than 256 MiB");
    parts.push(chunk);
  }
  return Buffer.concat(parts)
    .toString("utf8")
    .replace(/^\ufeff/, "");
}

/** The document of a JSON text; `undefined` if it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
