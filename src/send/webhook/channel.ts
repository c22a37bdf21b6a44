import type { KeyObject } from "node:crypto";
import type {
  Delivery,
  MessageChannel,
  OutboundMessage,
  StopSignal,
} from "../../app/case-ports.ts";
import { destinationOf } from "./destination.ts";
import { type Answer, NoAnswer, post } from "./post.ts";
import { type Component, contentDigestOf, keyIdOf, signatureOf } from "./signature.ts";

/** How webhooks are called. */
export interface WebhookOptions {
  /** Ed25519, private; absent: nothing is sent, for nobody could tell that it is ours. */
  readonly key?: KeyObject;
  /** What goes to a host that is not listed does not leave. */
  readonly onlyHosts?: readonly string[];
  readonly ca?: string;
  readonly timeoutSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Statuses that say "later": RFC 9110, sections 15.5.9 and 15.6; RFC 8470; RFC 6585. */
const LATER = [408, 425, 429];

/**
 * Posts messages with an HTTP message signature (RFC 9421) over method, address, body (by its digest, RFC 9530), type and idempotency key.
 * The key is the message's id, so that a receiver can tell what it has. A redirect is a refusal.
 */
export function makeWebhookChannel(options: WebhookOptions): MessageChannel {
  return {
    channel: "webhook",
    deliver: (message, signal) => deliver(options, message, signal),
    close: async () => undefined,
  };
}

async function deliver(
  options: WebhookOptions,
  message: OutboundMessage,
  signal: StopSignal,
): Promise<Delivery> {
  if (options.key === undefined)
    return { outcome: "deferred", reason: "alerting.signing.webhookKeyFile is not set" };
  const url = destinationOf(message.to, options.onlyHosts);
  if (typeof url === "string") return { outcome: "refused", reason: url };
  if (!/^[\x20-\x7e]+$/.test(message.messageId))
    return { outcome: "refused", reason: "the message's id is no header's value" };
  const { ca, timeoutSeconds, now } = options;
  const headers = headersOf(url, message, options.key, now());
  try {
    const more = ca === undefined ? {} : { ca };
    const answer = await post(url, message.bytes, { headers, timeoutSeconds, ...more }, signal);
    return outcomeOf(answer, now());
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { outcome: error.afterBody ? "unknown" : "deferred", reason: error.message };
  }
}

function headersOf(
  url: URL,
  { bytes, messageId }: OutboundMessage,
  key: KeyObject,
  now: number,
): Record<string, string> {
  const covered: Component[] = [
    ["content-digest", contentDigestOf(bytes)],
    ["content-type", contentTypeOf(bytes)],
    ["idempotency-key", `"${messageId.replace(/["\\]/g, "\\$&")}"`],
  ];
  const target: Component[] = [
    ["@method", "POST"],
    ["@target-uri", url.href],
  ];
  const params = { created: Math.floor(now / 1000), keyid: keyIdOf(key) };
  return {
    ...Object.fromEntries(covered),
    ...signatureOf("tocsin", [...target, ...covered], params, key),
  };
}

/** A message is a mail, or JSON. */
function contentTypeOf(bytes: Uint8Array): string {
  return bytes[0] === 0x7b ? "application/json" : "message/rfc822";
}

function outcomeOf({ status, retryAfter, text }: Answer, now: number): Delivery {
  const said = `HTTP ${status} ${text.replace(/\s+/g, " ")}`.trim();
  if (status >= 200 && status < 300) return { outcome: "delivered", response: said };
  if (status < 500 && !LATER.includes(status)) return { outcome: "refused", reason: said };
  const seconds = secondsOf(retryAfter, now);
  return {
    outcome: "deferred",
    reason: said,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  };
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). */
function secondsOf(retryAfter: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
