import type { StopSignal } from "../../app/case-ports.ts";
import { type SmtpServer, SmtpSession } from "./smtp-session.ts";

const IDLE_MS = 10_000;
/** Servers limit the messages of a connection, most at 100. */
const MOST_MESSAGES = 100;

/** Connections that are kept for the next message. */
export class SmtpPool {
  readonly #server: SmtpServer;
  readonly #most: number;
  readonly #idle: { readonly session: SmtpSession; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(server: SmtpServer, most: number) {
    this.#server = server;
    this.#most = most;
  }

  /** Lends a connection for one act, at most so many at a time. The act is told whether it was used before: then it may be dead already. */
  async lend<T>(
    signal: StopSignal,
    fresh: boolean,
    act: (session: SmtpSession, used: boolean) => Promise<T>,
  ): Promise<T> {
    if (this.#taken < this.#most) this.#taken++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const known = fresh ? undefined : this.#takeIdle();
      const session = known ?? (await SmtpSession.open(this.#server, signal));
      const result = await act(session, known !== undefined);
      this.#giveBack(session);
      return result;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken--;
    }
  }

  /** Says goodbye on every connection that is not in use. */
  close(): void {
    for (const { session, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      session.quit();
    }
  }

  #takeIdle(): SmtpSession | undefined {
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      clearTimeout(last.timer);
      if (last.session.usable) return last.session;
    }
    return undefined;
  }

  #giveBack(session: SmtpSession): void {
    if (session.sent >= MOST_MESSAGES) return session.quit();
    if (!session.usable) return;
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((entry) => entry.session === session);
      if (at >= 0) this.#idle.splice(at, 1);
      session.quit();
    }, IDLE_MS);
    this.#idle.push({ session, timer: timer.unref() });
  }
}
