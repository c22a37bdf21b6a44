import type { Readable } from "node:stream";
import { Agent, type Dispatcher, ProxyAgent, request } from "undici";
import { FeedFault, type StopSignal } from "../../app/collect-ports.ts";
import { HttpAnswer, brokenOff, shown } from "./http-answer.ts";
import { authHeaders, type HttpAuth } from "./http-auth.ts";
import { statusFault } from "./http-status.ts";
import { isInternal } from "../../core/network/index.ts";
import { hostOf, leadsInside, outsideLookup } from "./internal-address.ts";
import { fits } from "./name-pattern.ts";
import { abortSignalOf } from "./stop.ts";

/** How to ask. Who we are is told to the host that the configuration names, and to no other. */
export interface HttpOptions {
  readonly auth?: HttpAuth;
  readonly headers?: Readonly<Record<string, string>>;
  /** `http://proxy.example:3128`. */
  readonly proxy?: string;
  readonly proxyAuth?: HttpAuth & { readonly kind: "basic" };
  /** Certificates (PEM) that are trusted beside those of the platform. */
  readonly ca?: string;
  /** For one whole answer. */
  readonly timeoutSeconds: number;
  readonly maxBytes: number;
  /** Hosts besides our own to which an answer may lead, as patterns; absent: all that are outside, with a proxy none. */
  readonly redirectHosts?: readonly string[];
  /** Whether a redirect may lead there; absent: everywhere. */
  readonly mayLeadTo?: (url: URL) => boolean;
}

/** One question. */
export interface HttpQuestion {
  readonly url: URL;
  readonly method?: "GET" | "HEAD" | "POST" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Statuses besides 2xx that are no failure. */
  readonly accept?: readonly number[];
}

const IDLE_MS = 60_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Asks over HTTP. Redirects are followed a few times; to another host without what says who we are, never from https to http, and
 * never from outside to an address inside.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  /** Where the configuration sends us. */
  readonly #home: URL;
  readonly #signal: AbortSignal;
  readonly #agents: Dispatcher[] = [];
  readonly #usual: Dispatcher;
  #guarded: Dispatcher | undefined;

  constructor(options: HttpOptions, home: URL, stop: StopSignal) {
    this.#options = options;
    this.#home = home;
    this.#signal = abortSignalOf(stop);
    this.#usual = this.#agent(false);
  }

  /** Asks. Throws a FeedFault for an answer whose status is not as expected; an answer that is not read is to be dropped. */
  async ask(question: HttpQuestion): Promise<HttpAnswer> {
    const signal = AbortSignal.any([
      this.#signal,
      AbortSignal.timeout(this.#options.timeoutSeconds * 1000),
    ]);
    let { url } = question;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#exchange(question, url, signal);
      const { location } = answer.headers;
      if (!REDIRECTS.includes(answer.status) || location === undefined) {
        if (answer.status < 300 || question.accept?.includes(answer.status)) return answer;
        throw await statusFault(answer);
      }
      answer.drop();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (
        !next ||
        redirects >= MOST_REDIRECTS ||
        !this.#mayFollow(question, url, next, answer.status)
      )
        throw new FeedFault("feed-refused", `${shown(url)} redirects to where we do not follow`);
      url = next;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.destroy()));
  }

  async #exchange(question: HttpQuestion, url: URL, signal: AbortSignal): Promise<HttpAnswer> {
    const { method = "GET", headers, body } = question;
    const own = url.origin === this.#home.origin;
    try {
      const answer = await request(url, {
        method,
        signal,
        dispatcher: own ? this.#usual : await this.#foreign(url),
        headers: {
          "user-agent": "tocsin",
          "accept-encoding": "gzip",
          ...(own ? { ...this.#options.headers, ...authHeaders(this.#options.auth) } : {}),
          ...(own ? headers : withoutSecrets(headers)),
        },
        ...(body ? { body } : {}),
      });
      const plain = plainHeaders(answer.headers);
      const stream = answer.body as unknown as Readable;
      const { maxBytes } = this.#options;
      return new HttpAnswer(question.url, url, answer.statusCode, plain, stream, maxBytes);
    } catch (cause) {
      throw brokenOff(url, cause);
    }
  }

  /** For a host that the remote side named: one that lies inside is asked only if the remote side itself does. */
  async #foreign(to: URL): Promise<Dispatcher> {
    this.#refuseUnnamed(to);
    if (await leadsInside(this.#home)) return this.#usual;
    if (isInternal(hostOf(to)))
      throw new FeedFault("feed-refused", `${shown(this.#home)} leads to an address inside`);
    return (this.#guarded ??= this.#agent(true));
  }

  /**
   * A proxy looks names up where we cannot see whether they lie inside: through one, only hosts that the configuration names are
   * asked.
   */
  #refuseUnnamed(to: URL): void {
    const { redirectHosts, proxy, mayLeadTo } = this.#options;
    if (redirectHosts ? redirectHosts.some((host) => fits(hostOf(to), host.toLowerCase())) : !proxy)
      return;
    if (!redirectHosts && mayLeadTo?.(to)) return;
    throw new FeedFault(
      "feed-refused",
      `${shown(this.#home)} leads to ${hostOf(to)}, which redirectHosts does not name`,
    );
  }

  #mayFollow(question: HttpQuestion, from: URL, to: URL, status: number): boolean {
    if (!/^https?:$/.test(to.protocol)) return false;
    if (from.protocol === "https:" && to.protocol !== "https:") return false;
    // What we sent goes to the same host again or to nobody.
    if (question.body && (status < 307 || to.origin !== question.url.origin)) return false;
    return this.#options.mayLeadTo?.(to) ?? true;
  }

  #agent(guarded: boolean): Dispatcher {
    const { ca, proxy, proxyAuth } = this.#options;
    const connect = {
      timeout: IDLE_MS,
      ...(ca === undefined ? {} : { ca }),
      ...(guarded && proxy === undefined ? { lookup: outsideLookup } : {}),
    };
    const limits = { headersTimeout: IDLE_MS, bodyTimeout: IDLE_MS, connections: 4 };
    const agent =
      proxy === undefined
        ? new Agent({ ...limits, connect })
        : new ProxyAgent({
            ...limits,
            uri: proxy,
            requestTls: connect,
            ...(proxyAuth ? { token: authHeaders(proxyAuth)["authorization"]! } : {}),
          });
    this.#agents.push(agent);
    return agent;
  }
}

/** Only what every server may know. */
function withoutSecrets(headers: HttpQuestion["headers"] = {}): Record<string, string> {
  const open = ["accept", "if-none-match", "if-modified-since"];
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => open.includes(name.toLowerCase())),
  );
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
