import { ImapFlow } from "imapflow";
import { FeedFault } from "../../app/collect-ports.ts";
import type { Secret } from "../../core/secret.ts";

/** Where a mailbox is, and who we are. */
export interface MailboxOptions {
  readonly host: string;
  readonly port?: number;
  readonly security: "tls" | "starttls" | "none";
  /** Certificates (PEM) that are trusted in place of those of the platform. */
  readonly ca?: string;
  readonly user: string;
  readonly password?: Secret;
  readonly token?: Secret;
  readonly mailbox: string;
  readonly timeoutSeconds: number;
}

/** A mail before it is fetched. */
export interface MailHead {
  readonly uid: number;
  readonly size: number;
  readonly sender: string;
  readonly subject: string;
  readonly messageId: string;
  readonly date: string;
}

/** An open mailbox. Its methods throw FeedFaults. */
export class Mailbox {
  readonly #client: ImapFlow;
  readonly #host: string;
  #uidValidity = "";

  private constructor(client: ImapFlow, host: string) {
    this.#client = client;
    this.#host = host;
  }

  static async open(options: MailboxOptions): Promise<Mailbox> {
    const client = new ImapFlow(flowOptions(options));
    // Told to whoever waits for an answer as well.
    client.on("error", () => undefined);
    const mailbox = new Mailbox(client, options.host);
    await mailbox.#ask(async () => {
      await client.connect();
      const opened = await client.mailboxOpen(options.mailbox);
      mailbox.#uidValidity = String(opened.uidValidity);
    });
    return mailbox;
  }

  /** Changes when the server numbers the mails anew. */
  get uidValidity(): string {
    return this.#uidValidity;
  }

  /** The mails from a UID on, in the order of their UIDs. */
  async heads(from: number): Promise<MailHead[]> {
    const found = await this.#ask(() =>
      this.#client.fetchAll(`${from}:*`, { envelope: true, size: true, uid: true }, { uid: true }),
    );
    return (
      found
        .map(({ uid, size = 0, envelope }) => ({
          uid,
          size,
          sender: envelope?.from?.[0]?.address?.toLowerCase() ?? "",
          subject: envelope?.subject ?? "",
          messageId: envelope?.messageId ?? "",
          date: envelope?.date ? new Date(envelope.date).toISOString() : "",
        }))
        // A range that ends with * has the last mail, whatever its UID.
        .filter(({ uid }) => uid >= from)
        .sort((a, b) => a.uid - b.uid)
    );
  }

  /** The mail itself, left unseen; `undefined` if it is gone. */
  async source(uid: number): Promise<Buffer | undefined> {
    const found = await this.#ask(() =>
      this.#client.fetchOne(String(uid), { source: true }, { uid: true }),
    );
    return found ? found.source : undefined;
  }

  async markSeen(uid: number): Promise<void> {
    await this.#ask(() => this.#client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true }));
  }

  async remove(uid: number): Promise<void> {
    await this.#ask(() => this.#client.messageDelete(String(uid), { uid: true }));
  }

  async move(uid: number, folder: string): Promise<void> {
    const moved = await this.#ask(() =>
      this.#client.messageMove(String(uid), folder, { uid: true }),
    );
    if (!moved)
      throw new FeedFault("feed-refused", `${this.#host}: a mail cannot be moved to ${folder}`);
  }

  async close(): Promise<void> {
    // Politeness only: what is done is done.
    await this.#client.logout().catch(() => this.#client.close());
  }

  /** Ends it at once, whatever it waits for. */
  abort(): void {
    this.#client.close();
  }

  async #ask<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      throw imapFault(this.#host, cause);
    }
  }
}

function flowOptions(options: MailboxOptions): ConstructorParameters<typeof ImapFlow>[0] {
  const { host, security, ca, user, password, token, timeoutSeconds } = options;
  const secure = security === "tls";
  return {
    host,
    port: options.port ?? (secure ? 993 : 143),
    secure,
    ...(secure ? {} : { doSTARTTLS: security === "starttls" }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    auth: {
      user,
      ...(token ? { accessToken: token.reveal() } : { pass: password?.reveal() ?? "" }),
    },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 30_000,
    socketTimeout: timeoutSeconds * 1000,
  };
}

/** The server's own NO is a refusal; what comes of the network may be over by the next time. */
function imapFault(host: string, cause: unknown): FeedFault {
  const error = cause as Partial<
    Error & { authenticationFailed: boolean; responseStatus: string; responseText: string }
  >;
  const refused = error.authenticationFailed === true || error.responseStatus === "NO";
  const why = error.responseText ?? error.message ?? String(cause);
  return new FeedFault(refused ? "feed-refused" : "feed-unreachable", `${host}: ${why}`, { cause });
}
