/** What the commands of alerting print as JSON: what the cases have, without bytes. */
import type { InboundMessage, OutboundMessage } from "../../app/case-ports.ts";

/** A message without its bytes. */
export function messageAnswer({ bytes, ...message }: OutboundMessage) {
  return { ...message, size: bytes.length };
}

/** An answer without its bytes. */
export function inboundAnswer({ raw, ...inbound }: InboundMessage) {
  return { ...inbound, size: raw.length };
}

/** To the minute, as people read it. */
export function minute(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`;
}
