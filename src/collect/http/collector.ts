import type { Collector, CollectRun, Delivery, SpoolFile, Taken } from "../../app/collect-ports.ts";
import type { HttpAnswer } from "../shared/http-answer.ts";
import { HttpClient, type HttpOptions } from "../shared/http-client.ts";
import { fileNameOf } from "../shared/file-name.ts";

/** A file behind a URL. */
export interface HttpFeedOptions {
  /** `{yyyy}`, `{mm}`, `{dd}` and `{hh}` in it stand for a time, UTC. */
  readonly url: string;
  /** So many days before the time of fetching. */
  readonly daysBack?: number;
  readonly http: HttpOptions;
  /** What the file is called, where the server's name would mislead a format. */
  readonly fileName?: string;
}

/** What the server said of the last file that was taken. */
interface Validators {
  readonly url?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256?: string;
}

/**
 * Fetches a file when it is another one than last time: the server is asked by ETag and Last-Modified, and one that knows
 * neither by its bytes.
 */
export function makeHttpCollector(options: HttpFeedOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: HttpFeedOptions, run: CollectRun): AsyncGenerator<Taken> {
  const url = urlAt(options, run.now());
  const client = new HttpClient(options.http, url, run.signal);
  try {
    const state = (run.state ?? {}) as Validators;
    // What was said of the file of another day says nothing of this one.
    const before = state.url === undefined || state.url === url.href ? state : {};
    const answer = await client.ask({ url, headers: conditions(before), accept: [304] });
    if (answer.status === 304) answer.drop();
    else yield* take(options, run, answer, before);
  } finally {
    await client.close();
  }
}

function urlAt({ url, daysBack = 0 }: HttpFeedOptions, now: Date): URL {
  const time = new Date(now.getTime() - daysBack * 86_400_000).toISOString();
  const [yyyy, mm, dd, hh] = time.split(/[-T:]/);
  const parts: Readonly<Record<string, string | undefined>> = { yyyy, mm, dd, hh };
  const written = url.replace(/\{(yyyy|mm|dd|hh)\}/g, (all, part: string) => parts[part] ?? all);
  return new URL(written);
}

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
  };
}

async function* take(
  { fileName }: HttpFeedOptions,
  run: CollectRun,
  answer: HttpAnswer,
  before: Validators,
): AsyncGenerator<Taken> {
  const { headers, url } = answer;
  const file = await run.spool.open({
    id: `${url.pathname}@${run.now().toISOString()}`,
    name: fileName ?? fileNameOf(headers["content-disposition"], url),
    facts: factsOf(headers),
  });
  let delivery: Delivery | undefined;
  const sha256 = await fill(file, answer);
  if (file.bytes > 0 && sha256 !== before.sha256) delivery = await file.commit();
  else await file.discard();
  const { etag, "last-modified": lastModified } = headers;
  const state = {
    url: answer.asked.href,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    sha256,
  };
  yield { deliveries: delivery ? [delivery] : [], state };
}

async function fill(file: SpoolFile, answer: HttpAnswer): Promise<string> {
  try {
    for await (const chunk of answer.chunks()) await file.write(chunk);
    return file.sha256();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function factsOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const told = ["last-modified", "etag", "content-type"].filter((name) => headers[name]);
  return Object.fromEntries(told.map((name) => [name, headers[name]!]));
}
