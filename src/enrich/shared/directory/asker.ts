import { lookup as lookupHost } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { Fault, isFault } from "../../../core/fault.ts";
import { isInternal } from "../../../core/network/index.ts";

/** How to ask. */
export interface AskerOptions {
  /** Who asks, for the other side's log. */
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /**
   * Whether addresses inside may be asked: a registry of one's own, or a test's. What others name never leads there
   * otherwise.
   */
  readonly inside: boolean;
}

/** One question. */
export interface AskerQuestion {
  readonly accept: string;
  readonly signal: AbortSignal;
  /** Whether a redirect may lead there, beside the rule that https never leads to http. */
  readonly mayLeadTo?: (url: URL) => boolean;
}

/** What the other side said. */
export interface Answer {
  /** Where it was in the end. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;

/** Asks over HTTP; throws Fault `lookup-failed` for what the network or the other side does. */
export class Asker {
  readonly #options: AskerOptions;
  readonly #agent: Agent;

  constructor(options: AskerOptions) {
    this.#options = options;
    const { maxBytes: maxResponseSize } = options;
    this.#agent = new Agent({
      maxResponseSize,
      connect: options.inside ? {} : { lookup: outsideOnly },
    });
  }

  async ask(first: URL, question: AskerQuestion): Promise<Answer> {
    let url = first;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#exchange(url, question);
      const { location } = answer.headers;
      if (!REDIRECTS.includes(answer.status) || location === undefined) return answer;
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (!next || redirects >= MOST_REDIRECTS || !mayFollow(question, url, next))
        throw new Fault("lookup-failed", `${url.host} leads where we do not go: ${location}`);
      url = next;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #exchange(url: URL, { accept, signal }: AskerQuestion): Promise<Answer> {
    const { userAgent, timeoutMs, inside } = this.#options;
    // An address in the URL is connected to without a look-up.
    if (!inside && isInside(url.hostname.replace(/^\[(.*)\]$/, "$1")))
      throw new Fault("lookup-failed", `${url.host} is an address inside`);
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: this.#agent,
        headers: { accept, "user-agent": userAgent },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return {
        url,
        status: statusCode,
        headers: plainHeaders(headers),
        body: Buffer.from(await body.arrayBuffer()),
      };
    } catch (cause) {
      if (signal.aborted) throw new Fault("interrupted", "the look-up was stopped", { cause });
      if (isFault(cause)) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Fault("lookup-failed", `${url.host} cannot be asked: ${why}`, { cause });
    }
  }
}

function mayFollow({ mayLeadTo }: AskerQuestion, from: URL, to: URL): boolean {
  if (!/^https?:$/.test(to.protocol) || to.username !== "" || to.password !== "") return false;
  if (from.protocol === "https:" && to.protocol !== "https:") return false;
  return mayLeadTo?.(to) !== false;
}

function plainHeaders(headers: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

/** An address inside, or one that stands for an IPv4 address, whichever that is. */
function isInside(address: string): boolean {
  return /^::ffff:/i.test(address) || isInternal(address);
}

/** A look-up that refuses hosts with an address inside, at the moment of the connection. */
const outsideOnly: LookupFunction = (host, options, done) => {
  lookupHost(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, "", 0);
    const [first] = found;
    if (first === undefined || found.some(({ address }) => isInside(address)))
      return done(new Fault("lookup-failed", `${host} is an address inside`), "", 0);
    return options.all ? done(null, found) : done(null, first.address, first.family);
  });
};
