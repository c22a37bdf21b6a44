import { type Collector, type CollectRun, FeedFault, type Taken } from "../../app/collect-ports.ts";
import { HttpClient, type HttpOptions } from "../shared/http-client.ts";
import { fetchInto, type Offer, takeEach } from "../shared/take-each.ts";

/** A MISP feed: a folder of events with a manifest. */
export interface MispFeedOptions {
  /** The folder of `manifest.json`. */
  readonly url: string;
  /** Only events that changed within so many days. */
  readonly sinceDays?: number;
  readonly http: HttpOptions;
}

interface Entry {
  readonly uuid: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the manifest and fetches the events that are new or have changed. */
export function makeMispCollector(options: MispFeedOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: MispFeedOptions, run: CollectRun): AsyncGenerator<Taken> {
  const folder = new URL(options.url.endsWith("/") ? options.url : `${options.url}/`);
  const client = new HttpClient(options.http, folder, run.signal);
  try {
    const etag = run.state?.["etag"];
    const manifest = await client.ask({
      url: new URL("manifest.json", folder),
      headers: typeof etag === "string" ? { "if-none-match": etag } : {},
      accept: [304],
    });
    if (manifest.status === 304) return manifest.drop();
    const events = readManifest(await manifest.json());
    const oldest = run.now().getTime() / 1000 - (options.sinceDays ?? Infinity) * 86_400;
    const wanted = events.filter(({ timestamp }) => timestamp >= oldest);
    yield* takeEach(
      wanted.map((event) => offerOf(event, folder, client, run)),
      run,
    );
    // Only now: a manifest of which something is missing is to be read again.
    const said = manifest.headers["etag"];
    if (said !== undefined && !run.signal.aborted) yield { deliveries: [], state: { etag: said } };
  } finally {
    await client.close();
  }
}

/** The events of a manifest, the oldest change first. Ids and times may be strings or numbers. */
function readManifest(manifest: unknown): Entry[] {
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest))
    throw new FeedFault("feed-malformed", "manifest.json has no events by their UUID");
  return Object.entries(manifest as Record<string, { timestamp?: unknown } | null>)
    .filter(([uuid]) => UUID.test(uuid))
    .map(([uuid, about]) => ({ uuid, timestamp: Number(about?.timestamp ?? 0) || 0 }))
    .sort((a, b) => a.timestamp - b.timestamp);
}

function offerOf(
  { uuid, timestamp }: Entry,
  folder: URL,
  client: HttpClient,
  run: CollectRun,
): Offer {
  const id = `${uuid.toLowerCase()}@${timestamp}`;
  const name = `${uuid}.json`;
  return { id, take: () => fetchInto(run, client, { url: new URL(name, folder) }, { id, name }) };
}
