import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";

/** A component of a request that a signature covers, with its value (RFC 9421, section 2). */
export type Component = readonly [name: string, value: string];

/** What is said of a signature, in this order (RFC 9421, section 2.3). */
export interface SignatureParams {
  /** Seconds since 1970. */
  readonly created: number;
  readonly keyid: string;
}

/** The two header fields of a signature. */
export interface SignatureFields {
  readonly "signature-input": string;
  readonly signature: string;
}

/** Signs components with an Ed25519 key under a label (RFC 9421, sections 3.1 and 4). */
export function signatureOf(
  label: string,
  components: readonly Component[],
  params: SignatureParams,
  key: KeyObject,
): SignatureFields {
  const names = components.map(([name]) => `"${name}"`).join(" ");
  const input = `(${names});created=${params.created};keyid="${params.keyid}"`;
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  const base = [...lines, `"@signature-params": ${input}`].join("\n");
  const bytes = sign(null, Buffer.from(base), key);
  return {
    "signature-input": `${label}=${input}`,
    signature: `${label}=:${bytes.toString("base64")}:`,
  };
}

/** The `Content-Digest` of a body (RFC 9530). */
export function contentDigestOf(body: Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

/** The name of a key: its JWK thumbprint (RFC 7638), which whoever has the public key can compute. */
export function keyIdOf(key: KeyObject): string {
  const { crv, kty, x } = createPublicKey(key).export({ format: "jwk" });
  return createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
}
