/** AWS Signature Version 4 for requests whose body is empty, in the header. */
import { createHash, createHmac } from "node:crypto";
import type { Secret } from "../../core/secret.ts";

/** Who asks, and where. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretKey: Secret;
  readonly sessionToken?: Secret;
  readonly region: string;
}

/** SHA-256 of nothing. */
const EMPTY = createHash("sha256").digest("hex");

/** The headers that sign a request; `headers` are signed along. */
export function signedHeaders(
  { accessKeyId, secretKey, sessionToken, region }: Credentials,
  method: string,
  url: URL,
  now: Date,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const sent: Record<string, string> = {
    ...headers,
    "x-amz-content-sha256": EMPTY,
    "x-amz-date": time,
    ...(sessionToken ? { "x-amz-security-token": sessionToken.reveal() } : {}),
  };
  const signed = Object.entries({ ...sent, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url),
    ...signed.map(([name, value]) => `${name}:${value.trim()}`),
    "",
    names,
    EMPTY,
  ].join("\n");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const key = [time.slice(0, 8), region, "s3", "aws4_request"].reduce<Buffer>(
    (by, part) => hmac(by, part),
    Buffer.from(`AWS4${secretKey.reveal()}`),
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash}`).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { ...sent, authorization };
}

/** Percent-encoding as AWS wants it: everything but letters, digits and `-._~`. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
