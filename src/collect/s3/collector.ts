import { type Collector, type CollectRun, FeedFault, type Taken } from "../../app/collect-ports.ts";
import { HttpClient, type HttpOptions } from "../shared/http-client.ts";
import { fitsOne } from "../shared/name-pattern.ts";
import { fetchInto, type Offer, takeEach } from "../shared/take-each.ts";
import { readListing, type S3Object } from "./list.ts";
import { type Credentials, encoded, signedHeaders } from "./sign.ts";

/** A bucket. */
export interface S3Options {
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Patterns of keys. */
  readonly files: readonly string[];
  readonly credentials: Credentials;
  /** The bucket stands in the path; else in the host name. */
  readonly pathStyle: boolean;
  readonly after: "keep" | "delete";
  readonly http: HttpOptions;
}

/** Lists a bucket and fetches the objects that are new or have changed. */
export function makeS3Collector(options: S3Options): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: S3Options, run: CollectRun): AsyncGenerator<Taken> {
  const bucket = new Bucket(options, run);
  try {
    yield* takeEach(bucket.offers(), run);
  } finally {
    await bucket.close();
  }
}

class Bucket {
  readonly #options: S3Options;
  readonly #run: CollectRun;
  readonly #base: URL;
  readonly #client: HttpClient;

  constructor(options: S3Options, run: CollectRun) {
    this.#options = options;
    this.#run = run;
    this.#base = baseOf(options);
    this.#client = new HttpClient(options.http, this.#base, run.signal);
  }

  /** What the bucket has, page by page. */
  async *offers(): AsyncGenerator<Offer> {
    for (let page: string | undefined = ""; page !== undefined;) {
      const { objects, next } = await this.#list(page);
      for (const object of objects)
        if (object.size > 0 && fitsOne(object.key, this.#options.files)) yield this.#offer(object);
      page = next;
    }
  }

  async #list(page: string): Promise<{ objects: S3Object[]; next: string | undefined }> {
    const url = new URL(this.#base);
    const { prefix } = this.#options;
    const query = {
      "list-type": "2",
      "encoding-type": "url",
      ...(prefix === "" ? {} : { prefix }),
      ...(page === "" ? {} : { "continuation-token": page }),
    };
    url.search = Object.entries(query)
      .map(([name, value]) => `${name}=${encoded(value)}`)
      .join("&");
    const answer = await this.#client.ask({ url, headers: this.#sign("GET", url) });
    const listing = readListing(await answer.text());
    if (listing) return listing;
    throw new FeedFault("feed-malformed", `${url.origin} did not answer with a list of objects`);
  }

  #offer({ key, etag, size }: S3Object): Offer {
    const id = `${key}@${etag || size}`;
    const url = new URL(this.#base);
    const folder = url.pathname.replace(/\/$/, "");
    url.pathname = `${folder}/${key.split("/").map(encoded).join("/")}`;
    const ask = (method: "GET" | "DELETE") => ({ url, method, headers: this.#sign(method, url) });
    const name = key.split("/").at(-1) ?? key;
    return {
      id,
      take: () => fetchInto(this.#run, this.#client, ask("GET"), { id, name, facts: { key } }),
      done: async () => {
        if (this.#options.after === "delete") (await this.#client.ask(ask("DELETE"))).drop();
      },
    };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #sign(method: string, url: URL): Record<string, string> {
    return signedHeaders(this.#options.credentials, method, url, this.#run.now());
  }
}

function baseOf({ endpoint, bucket, pathStyle }: S3Options): URL {
  const url = new URL(endpoint);
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/$/, "")}/${encoded(bucket)}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url;
}
