import type { Delivery } from "../../app/case-ports.ts";

/** What went wrong between us and a server, as far as it matters for the message. */
export interface SmtpFailure {
  readonly message: string;
  /** The reply's code, if the server replied. */
  readonly code: number | undefined;
  /** What the reply is to: `MAIL FROM`, `RCPT TO`, `DATA`; anything else is about the connection. */
  readonly step: string;
  /** The message cannot be put on this server's wire: a malformed address, more bytes than it takes. */
  readonly unfit: boolean;
  /** The dot that ends the message may have reached the server. */
  readonly afterDot: boolean;
}

/** Steps whose reply is about the message. */
const ABOUT_MESSAGE = ["MAIL FROM", "RCPT TO", "DATA"];

/** "Authentication required", and its relatives (RFC 4954, section 6): they are about us. */
const ABOUT_US = [530, 534, 535, 538];

/**
 * What a failure means for the message. A permanent reply to the connection, the greeting or our credentials is no refusal of the message:
 * once the set-up is right, it goes. After the dot only a proper reply tells; without one nobody knows (RFC 5321, section 4.5.3.2.6).
 */
export function outcomeOf(failure: SmtpFailure): Delivery {
  const { code = 0, step, message: reason, afterDot } = failure;
  const told = ABOUT_MESSAGE.includes(step);
  if (told && code >= 500 && code < 600 && !ABOUT_US.includes(code))
    return { outcome: "refused", reason };
  if (told && code >= 400 && code < 600) return { outcome: "deferred", reason };
  if (afterDot) return { outcome: "unknown", reason: `no reply after the message: ${reason}` };
  return { outcome: failure.unfit ? "refused" : "deferred", reason };
}
