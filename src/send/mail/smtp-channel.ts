import { domainToASCII } from "node:url";
import type {
  Delivery,
  MessageChannel,
  OutboundMessage,
  StopSignal,
} from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import { isLoopback } from "./loopback.ts";
import { outcomeOf } from "./smtp-outcome.ts";
import { SmtpPool } from "./smtp-pool.ts";
import { SmtpError, type SmtpServer } from "./smtp-session.ts";

/** How mail leaves. */
export interface SmtpOptions extends Omit<SmtpServer, "name" | "replySeconds"> {
  /** The envelope's sender: delivery reports come back to it. */
  readonly from: string;
  readonly connections: number;
  /** For the reply to the message; RFC 5321, section 4.5.3.2.6, wants ten minutes, so that few end as `unknown`. */
  readonly replySeconds?: number;
  /** Mail to a domain that is not listed does not leave. */
  readonly onlyDomains?: readonly string[];
}

/** A mailbox with an unquoted local part: what everybody has. */
const MAILBOX = /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u;

/**
 * Sends mail: the bytes as they are, to the envelope's recipient. A delivery report is asked for where the server can. The certificate is
 * always checked. Throws Fault `config-invalid` if mail would leave this machine without TLS.
 */
export function makeSmtpChannel(options: SmtpOptions): MessageChannel {
  if (options.security === "none" && !isLoopback(options.host))
    throw new Fault(
      "config-invalid",
      `smtp.security: "none" is for a server on this machine, not for ${options.host}`,
    );
  const { from, connections, onlyDomains, replySeconds = 600, ...server } = options;
  const name = domainOf(from);
  const pool = new SmtpPool({ ...server, replySeconds, name }, connections);
  return {
    channel: "mail",
    async deliver(message, signal) {
      const why = whyNot(message.to, onlyDomains);
      if (why !== undefined) return { outcome: "refused", reason: why };
      return await send(pool, from, message, signal);
    },
    async close() {
      pool.close();
    },
  };
}

async function send(
  pool: SmtpPool,
  from: string,
  message: OutboundMessage,
  signal: StopSignal,
  fresh = false,
): Promise<Delivery> {
  const { messageId, bytes } = message;
  // Not the delivery key: whoever could guess it could forge a report.
  const envelopeId = messageId.replace(/^<|>$/g, "");
  const letter = { from, to: inAscii(message.to), envelopeId, bytes };
  let wasUsed = false;
  try {
    return await pool.lend(signal, fresh, async (session, used) => {
      wasUsed = used;
      return { outcome: "delivered", response: await session.send(letter, signal) };
    });
  } catch (error) {
    if (!(error instanceof SmtpError)) throw error;
    const { code, afterDot, unfit } = error.failure;
    // A server may end an idle connection at any time; it took nothing of the message.
    const wasGone = wasUsed && code === undefined && !afterDot && !unfit && !signal.aborted;
    return wasGone ? send(pool, from, message, signal, true) : outcomeOf(error.failure);
  }
}

function whyNot(to: string, onlyDomains: readonly string[] | undefined): string | undefined {
  if (!MAILBOX.test(to)) return `${JSON.stringify(to)} is no mail address`;
  const domain = domainOf(to);
  if (domain === "") return `${JSON.stringify(to)} has no possible domain`;
  if (onlyDomains === undefined || onlyDomains.some((only) => domainToASCII(only) === domain))
    return undefined;
  return `mail to ${domain} does not leave: alerting.onlyDomains does not list it`;
}

/** In lower-case A-labels; empty if it is no domain. */
function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf("@") + 1));
}

/** An international domain is written in A-labels, so that only an international local part needs SMTPUTF8. */
function inAscii(address: string): string {
  return `${address.slice(0, address.lastIndexOf("@"))}@${domainOf(address)}`;
}
