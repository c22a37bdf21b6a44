import { createHmac } from "node:crypto";
import { z } from "zod";
import { type Collector, type CollectRun, FeedFault, type Taken } from "../../app/collect-ports.ts";
import type { Secret } from "../../core/secret.ts";
import { HttpClient, type HttpOptions } from "../shared/http-client.ts";
import { fitsOne } from "../shared/name-pattern.ts";
import { fetchInto, type Offer, takeEach } from "../shared/take-each.ts";

/** The reports API of Shadowserver. */
export interface ShadowserverOptions {
  readonly apiUrl: string;
  readonly downloadUrl: string;
  readonly key: Secret;
  readonly secret: Secret;
  /** Names of the report lists; all that the key may see if absent. */
  readonly reports?: readonly string[];
  /** Patterns of report types. */
  readonly types: readonly string[];
  /** How many days back the list is asked for. */
  readonly days: number;
  readonly http: HttpOptions;
}

/** One report of the list. */
const Report = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9._~=-]+$/),
  file: z.string().min(1),
  type: z.string().default(""),
  report: z.string().default(""),
  timestamp: z.string().default(""),
});
type Report = z.output<typeof Report>;

const MS_A_DAY = 86_400_000;

/** Asks for the list of reports of the last days and fetches those that are new. */
export function makeShadowserverCollector(options: ShadowserverOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: ShadowserverOptions, run: CollectRun): AsyncGenerator<Taken> {
  const api = new HttpClient(options.http, new URL(options.apiUrl), run.signal);
  const downloads = new HttpClient(options.http, new URL(options.downloadUrl), run.signal);
  try {
    const reports = await listReports(options, api, run.now());
    const offers = reports
      .filter(({ type, file }) => fitsOne(type || file, options.types))
      .map((report) => offerOf(options, downloads, run, report));
    yield* takeEach(offers, run);
  } finally {
    await Promise.all([api.close(), downloads.close()]);
  }
}

/** The list. What is signed are the bytes that are sent. */
async function listReports(
  { apiUrl, key, secret, reports, days }: ShadowserverOptions,
  client: HttpClient,
  now: Date,
): Promise<Report[]> {
  const day = (offset: number): string =>
    new Date(now.getTime() + offset * MS_A_DAY).toISOString().slice(0, 10);
  const asked = {
    apikey: key.reveal(),
    date: `${day(-days)}:${day(1)}`,
    ...(reports ? { reports } : {}),
  };
  const body = Buffer.from(JSON.stringify(asked));
  const signature = createHmac("sha256", secret.reveal()).update(body).digest("hex");
  const answer = await client.ask({
    url: new URL("reports/list", withSlash(apiUrl)),
    method: "POST",
    headers: { "content-type": "application/json", HMAC2: signature },
    body,
  });
  return readList(await answer.json());
}

function readList(answer: unknown): Report[] {
  const error = (answer as { error?: unknown } | null)?.error;
  if (error !== undefined)
    throw new FeedFault("feed-refused", `the reports API answered: ${JSON.stringify(error)}`);
  if (!Array.isArray(answer))
    throw new FeedFault("feed-malformed", "the reports API did not answer with a list");
  const read = answer.map((item) => Report.safeParse(item));
  const bad = read.find(({ success }) => !success);
  // A list with one odd report is a list still, but one of odd ones only is something else.
  if (bad && read.every(({ success }) => !success))
    throw new FeedFault("feed-malformed", `the reports API: ${bad.error?.message}`);
  return read.flatMap(({ data }) => data ?? []);
}

function offerOf(
  { downloadUrl }: ShadowserverOptions,
  client: HttpClient,
  run: CollectRun,
  { id, file, type, report, timestamp }: Report,
): Offer {
  const url = new URL(encodeURIComponent(id), withSlash(downloadUrl));
  const facts = { type, report, timestamp };
  return { id, take: () => fetchInto(run, client, { url }, { id, name: file, facts }) };
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
