import { Readable } from "node:stream";
import SMTPConnection, { type SMTPError } from "nodemailer/lib/smtp-connection";
import type { StopSignal } from "../../app/case-ports.ts";
import type { Secret } from "../../core/secret.ts";
import type { SmtpFailure } from "./smtp-outcome.ts";

/** A server that takes our mail, and who we are to it. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `starttls`: not without it; `tls`: from the first byte; `none`: only to a server on this machine. */
  readonly security: "starttls" | "tls" | "none";
  readonly user?: string;
  readonly password?: Secret;
  /** Certificates (PEM) that are trusted in place of those of the platform. */
  readonly ca?: string;
  /** The name that we greet with. */
  readonly name: string;
  /** For each step up to the end of the message. */
  readonly timeoutSeconds: number;
  /** For the reply to the message. */
  readonly replySeconds: number;
}

/** One message for one recipient. */
export interface SmtpLetter {
  readonly from: string;
  readonly to: string;
  /** Comes back in delivery reports (RFC 3461, section 4.4). */
  readonly envelopeId: string;
  readonly bytes: Uint8Array;
}

/** What a server said, or did not say. */
export class SmtpError extends Error {
  readonly failure: SmtpFailure;

  constructor(failure: SmtpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

const CHUNK = 16_384;
const GOODBYE_MS = 1_000;

/** An open connection to a mail server, with our name known to it. It carries one message after another. */
export class SmtpSession {
  readonly #server: SmtpServer;
  readonly #connection: SMTPConnection;
  #open = true;
  /** Ends the step that waits. */
  #fail: ((error: SMTPError) => void) | undefined;
  #takesUtf8 = false;
  sent = 0;

  private constructor(server: SmtpServer) {
    this.#server = server;
    this.#connection = new SMTPConnection(connectionOptions(server));
    this.#connection.on("error", (error: SMTPError) => {
      this.#open = false;
      this.#fail?.(error);
    });
    this.#connection.on("end", () => (this.#open = false));
  }

  /** Connects, secures the connection and logs in. Throws an SmtpError. */
  static async open(server: SmtpServer, signal: StopSignal): Promise<SmtpSession> {
    const session = new SmtpSession(server);
    const connection = session.#connection;
    await session.#step(signal, (done) => connection.connect(done));
    session.#takesUtf8 = /[ -]SMTPUTF8\b/im.test(connection.lastServerResponse || "");
    if (server.user === undefined) return session;
    const auth = { user: server.user, pass: server.password?.reveal() ?? "" };
    await session.#step(signal, (done) => connection.login(auth, done));
    return session;
  }

  get usable(): boolean {
    return this.#open;
  }

  /** Sends a message; gives the server's reply. Throws an SmtpError, and is not usable afterwards. */
  async send(letter: SmtpLetter, signal: StopSignal): Promise<string> {
    if (!this.#takesUtf8 && /[^\x20-\x7e]/.test(letter.from + letter.to))
      throw this.#refuse("the server takes no international addresses (SMTPUTF8)", false);
    const place: Place = { afterDot: false, proceed: () => undefined };
    const info = await this.#step<{ response: string }>(
      signal,
      (done) => {
        const source = Readable.from(chunksOf(letter.bytes, place), { objectMode: false });
        // From here on the dot is written: heard before the connection hears it.
        source.once("end", () => {
          place.afterDot = true;
          place.proceed();
        });
        this.#connection.send(envelopeOf(letter), source, done);
      },
      place,
    );
    if (!place.afterDot)
      throw this.#refuse(`it replied before the end of the message: ${info.response}`, true);
    this.sent++;
    return info.response;
  }

  close(): void {
    this.#open = false;
    this.#connection.close();
  }

  /** Says goodbye first, but does not wait long for the reply. */
  quit(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#connection.quit();
    setTimeout(() => this.#connection.close(), GOODBYE_MS).unref();
  }

  #refuse(message: string, afterDot: boolean): SmtpError {
    this.close();
    return new SmtpError({ message, code: undefined, step: "", unfit: !afterDot, afterDot });
  }

  /** Runs one step to its end: an answer, an error, too long a time, or the wish to stop, which does not count after the dot. */
  async #step<T>(
    signal: StopSignal,
    act: (done: (error?: SMTPError | null, result?: T) => void) => void,
    place: Place = { afterDot: false, proceed: () => undefined },
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      if (!place.afterDot) this.#fail?.(new Error("stopped"));
    };
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#fail = reject;
        place.proceed = () => {
          clearTimeout(timer);
          const { timeoutSeconds, replySeconds } = this.#server;
          const seconds = place.afterDot ? replySeconds : timeoutSeconds;
          timer = setTimeout(() => reject(new Error(`nothing for ${seconds} s`)), seconds * 1000);
        };
        place.proceed();
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) return stop();
        act((error, result) => (error ? reject(error) : resolve(result as T)));
      });
    } catch (error) {
      this.close();
      throw new SmtpError(failureOf(error as SMTPError, place.afterDot));
    } finally {
      this.#fail = undefined;
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }
}

/** How far a message is. */
interface Place {
  afterDot: boolean;
  /** Something moved: the time counts anew. */
  proceed: () => void;
}

function* chunksOf(bytes: Uint8Array, place: Place): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    place.proceed();
    yield Buffer.from(bytes.subarray(at, at + CHUNK));
  }
}

function envelopeOf({ from, to, envelopeId, bytes }: SmtpLetter) {
  return {
    from,
    to: [to],
    size: bytes.length,
    use8BitMime: bytes.some((byte) => byte > 0x7f),
    dsn: {
      ret: "HDRS",
      // More than 100 characters would be refused.
      envid: envelopeId.length <= 100 ? envelopeId : null,
      notify: ["SUCCESS", "FAILURE", "DELAY"],
      orcpt: `rfc822;${to}`,
    },
  };
}

function failureOf(error: SMTPError, afterDot: boolean): SmtpFailure {
  const { message, responseCode: code, command: step = "", response } = error;
  // What the library itself refuses, before it says anything to the server.
  const unfit = ["EENVELOPE", "EMESSAGE"].includes(error.code ?? "") && response === undefined;
  return { message, code, step, unfit, afterDot };
}

function connectionOptions(server: SmtpServer): ConstructorParameters<typeof SMTPConnection>[0] {
  const { host, port, security, ca, name, timeoutSeconds, replySeconds } = server;
  const timeout = timeoutSeconds * 1000;
  return {
    host,
    port,
    name,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    dnsTimeout: timeout,
    // Longer than our own timers.
    socketTimeout: (Math.max(timeoutSeconds, replySeconds) + 30) * 1000,
  };
}
