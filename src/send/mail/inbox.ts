import { ImapFlow } from "imapflow";
import type { Mailbox, StopSignal } from "../../app/case-ports.ts";
import { Fault } from "../../core/fault.ts";
import type { Secret } from "../../core/secret.ts";
import { isLoopback } from "./loopback.ts";

/** The mailbox that answers come to, and who we are to its server. */
export interface InboxOptions {
  readonly host: string;
  readonly port: number;
  /** From the first byte; without it only to a server on this machine. */
  readonly tls: boolean;
  readonly user: string;
  readonly password: Secret;
  /** Certificates (PEM) that are trusted in place of those of the platform. */
  readonly ca?: string;
  readonly mailbox: string;
  /** Of a mail that is longer only this beginning is read. */
  readonly maxBytes: number;
  readonly timeoutSeconds: number;
}

/** Marks mails as taken: a person who reads the mailbox as well takes nothing away from us. */
const TAKEN = "$TocsinTaken";

/**
 * A mailbox over IMAP. Each fetch is a connection of its own; it throws Fault `mailbox-refused` or `mailbox-unreachable`. Nothing is ever
 * deleted or moved. Where the server allows no marks of ours, `\Seen` is the mark.
 */
export function openInbox(options: InboxOptions): Mailbox {
  if (!options.tls && !isLoopback(options.host))
    throw new Fault(
      "config-invalid",
      `answers.tls: false is for a server on this machine, not for ${options.host}`,
    );
  return { fetch: (signal) => fetchFrom(options, signal), close: async () => undefined };
}

type Mails = ReturnType<Mailbox["fetch"]>;

/** One connection, from the first word to the last. */
async function* fetchFrom(options: InboxOptions, signal: StopSignal): Mails {
  if (signal.aborted) return;
  const client = new ImapFlow(flowOptions(options));
  // Told to whoever waits for an answer as well.
  client.on("error", () => undefined);
  const stop = (): void => client.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    yield* newMails(client, options, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    // Politeness only: what is done is done.
    await client.logout().catch(() => client.close());
  }
}

async function* newMails(client: ImapFlow, options: InboxOptions, signal: StopSignal): Mails {
  const { host, mailbox, maxBytes } = options;
  await ask(host, () => client.connect());
  const { permanentFlags } = await ask(host, () => client.mailboxOpen(mailbox));
  const marks = permanentFlags?.has("\\*") === true || permanentFlags?.has(TAKEN) === true;
  const query = marks ? { unKeyword: TAKEN } : { seen: false };
  const found = (await ask(host, () => client.search(query, { uid: true }))) || [];
  const wanted = { source: { maxLength: maxBytes }, internalDate: true };
  for (const uid of found.toSorted((a, b) => a - b)) {
    if (signal.aborted) return;
    const mail = await ask(host, () => client.fetchOne(String(uid), wanted, { uid: true }));
    if (!mail || !mail.source) continue;
    const mark = () =>
      client.messageFlagsAdd(String(uid), [marks ? TAKEN : "\\Seen"], { uid: true });
    yield {
      raw: mail.source,
      receivedAt: new Date(mail.internalDate ?? Date.now()).toISOString(),
      taken: async () => void (await ask(host, mark)),
    };
  }
}

async function ask<T>(host: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw inboxFault(host, cause);
  }
}

function flowOptions(options: InboxOptions): ConstructorParameters<typeof ImapFlow>[0] {
  const { host, port, tls, ca, user, password, timeoutSeconds } = options;
  return {
    host,
    port,
    secure: tls,
    ...(tls ? {} : { doSTARTTLS: false }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    auth: { user, pass: password.reveal() },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 30_000,
    socketTimeout: timeoutSeconds * 1000,
  };
}

/** The server's own NO is a refusal; what comes of the network may be over by the next time. */
function inboxFault(host: string, cause: unknown): Fault {
  const error = cause as Partial<
    Error & { authenticationFailed: boolean; responseStatus: string; responseText: string }
  >;
  const refused = error.authenticationFailed === true || error.responseStatus === "NO";
  const why = error.responseText ?? error.message ?? String(cause);
  return new Fault(refused ? "mailbox-refused" : "mailbox-unreachable", `${host}: ${why}`, {
    cause,
  });
}
