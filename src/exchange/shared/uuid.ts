import { createHash } from "node:crypto";

/** Our own namespace for ids of what an export writes: the same observation has the same id in every export. */
const OURS = "c74e2151-5be6-4e54-a8e9-27810504f457";

/** A UUID of version 5 (RFC 9562, section 5.5) for a name in a namespace. */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash("sha1").update(bytesOf(namespace));
  const bytes = hash.update(name, "utf8").digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const namespaces = new Map<string, Buffer>();

/** The bytes of a namespace, of which there are few. */
function bytesOf(namespace: string): Buffer {
  let bytes = namespaces.get(namespace);
  if (bytes === undefined)
    namespaces.set(namespace, (bytes = Buffer.from(namespace.replaceAll("-", ""), "hex")));
  return bytes;
}

/** The UUID of something that we say, by what it is and what makes it that one. */
export function ownUuid(what: string, ...parts: readonly string[]): string {
  return uuid5(OURS, JSON.stringify([what, ...parts]));
}
