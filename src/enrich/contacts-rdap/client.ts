import { setTimeout as sleep } from "node:timers/promises";
import { Fault, isFault } from "../../core/fault.ts";
import { spans } from "../../core/time/index.ts";
import { type Answer, Asker, type AskerOptions } from "../shared/directory/asker.ts";
import { jsonOf } from "../shared/directory/whole-text.ts";
import { AnswerCache } from "./answer-cache.ts";
import { fileOf, serversOf } from "./bootstrap.ts";
import { candidatesOf, pathOf, rdapSubject, type RdapSubject } from "./subject.ts";

/** How to ask registries. */
export interface RdapOptions extends Pick<AskerOptions, "userAgent" | "inside"> {
  /** Where answers are kept; a folder of the data directory. */
  readonly cacheFolder: string;
  /** Where the bootstrap files lie, with a slash at the end: `https://data.iana.org/rdap/`. */
  readonly bootstrap: string;
  /** Between two questions to one server, in milliseconds. */
  readonly gapMs: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** What a registry said. */
export interface RdapAnswer {
  readonly document: unknown;
  readonly subject: RdapSubject;
}

/** IANA's own, of RFC 9224, section 3. */
export const IANA_BOOTSTRAP = "https://data.iana.org/rdap/";

const ANSWER_LASTS = 7 * spans.day;
/** That a server knows nothing may change sooner. */
const NOTHING_LASTS = spans.day;
/** A server that wants us to wait longer than this is asked another time. */
const MOST_WAIT = 30_000;
/** Timers may be early by a little. */
const CLOCK_SLACK = 20;
const ACCEPT = "application/rdap+json, application/json";

/**
 * Asks the registry that knows an address, an AS number or a domain. Answers are kept on the disk for a week,
 * bootstrap files too. A server is asked once per gap; one that says `Retry-After` is left alone until then, by later
 * runs as well.
 */
export class RdapClient {
  readonly #options: RdapOptions;
  readonly #asker: Asker;
  readonly #cache: AnswerCache;
  readonly #lastAsked = new Map<string, number>();

  constructor(options: RdapOptions) {
    this.#options = options;
    this.#asker = new Asker({ ...options, timeoutMs: 20_000, maxBytes: 4 << 20 });
    this.#cache = new AnswerCache(options.cacheFolder);
  }

  /**
   * The registry's document, and what it was asked about. A registry of domains knows those that are registered: for
   * a host its parents are asked about as well. Throws Fault `usage` for what nobody can be asked about,
   * `lookup-empty` if no registry knows it, `lookup-failed` if none could be asked.
   */
  async look(text: string): Promise<RdapAnswer> {
    const subject = rdapSubject(text);
    if (subject === undefined)
      throw new Fault("usage", `${text} is no address, AS number or domain`);
    const file = new URL(`${fileOf(subject)}.json`, this.#options.bootstrap);
    const servers = serversOf(await this.#document(file), subject);
    if (servers.length === 0) throw new Fault("lookup-empty", `no registry is known for ${text}`);
    let unknown: unknown;
    for (const candidate of candidatesOf(subject)) {
      try {
        return { document: await this.#askAny(servers, candidate), subject: candidate };
      } catch (error) {
        if (!isFault(error, "lookup-empty")) throw error;
        unknown ??= error;
      }
    }
    throw unknown;
  }

  /** Asks one server after the other until one can be asked. */
  async #askAny(servers: readonly string[], subject: RdapSubject): Promise<unknown> {
    let failure: unknown;
    for (const server of servers) {
      const base = server.endsWith("/") ? server : `${server}/`;
      try {
        return await this.#document(new URL(pathOf(subject), base));
      } catch (error) {
        if (!isFault(error, "lookup-failed")) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async close(): Promise<void> {
    await this.#asker.close();
  }

  async #document(url: URL): Promise<unknown> {
    const kept = await this.#cache.find(url.href, this.#options.now());
    if (kept !== undefined) return found(kept.document, url);
    const answer = await this.#politely(url);
    const document = answer.status === 404 ? null : documentOf(answer);
    const lasts = document === null ? NOTHING_LASTS : ANSWER_LASTS;
    await this.#cache.keep(url.href, document, this.#later(lasts));
    return found(document, url);
  }

  /** Asks when the server may be asked, and once more if it wants a short wait (RFC 7480, section 5.5). */
  async #politely(url: URL): Promise<Answer> {
    for (let again = 0; ; again++) {
      await this.#waitFor(url);
      const { signal } = this.#options;
      const answer = await this.#asker.ask(url, { accept: ACCEPT, signal });
      if (answer.status !== 429 && answer.status !== 503) return answer;
      const wait = retryAfter(answer, this.#options.now());
      await this.#cache.keep(waitKey(url), true, this.#later(wait));
      if (again > 0 || wait > MOST_WAIT)
        throw new Fault("lookup-failed", `${url.host} wants to be left alone for ${wait / 1000} s`);
      await pause(wait + CLOCK_SLACK, signal);
    }
  }

  async #waitFor(url: URL): Promise<void> {
    const { now, gapMs, signal } = this.#options;
    if ((await this.#cache.find(waitKey(url), now())) !== undefined)
      throw new Fault("lookup-failed", `${url.host} wanted to be left alone for a while`);
    const last = this.#lastAsked.get(url.host);
    const wait = last === undefined ? 0 : last + gapMs - performance.now();
    if (wait > 0) await pause(wait, signal);
    this.#lastAsked.set(url.host, performance.now());
  }

  #later(milliseconds: number): Date {
    return new Date(this.#options.now().getTime() + milliseconds);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((cause: unknown) => {
    throw new Fault("interrupted", "the look-up was stopped", { cause });
  });
}

const waitKey = (url: URL): string => `wait:${url.host}`;

function found(document: unknown, url: URL): unknown {
  if (document === null) throw new Fault("lookup-empty", `${url.host} knows nothing of it`);
  return document;
}

function documentOf({ status, body, url }: Answer): unknown {
  const document = status === 200 ? jsonOf(body.toString("utf8")) : undefined;
  if (document === undefined || document === null)
    throw new Fault("lookup-failed", `${url.host} answered with ${status} and no JSON document`);
  return document;
}

/** RFC 9110, section 10.2.3: seconds or a date; a minute if it says neither. */
function retryAfter({ headers }: Answer, now: Date): number {
  const text = headers["retry-after"] ?? "";
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? spans.minute : Math.max(0, date - now.getTime());
}
