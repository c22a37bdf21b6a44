import { createHash } from "node:crypto";
import { type Collector, type CollectRun, FeedFault, type Taken } from "../../app/collect-ports.ts";
import { isFault } from "../../core/fault.ts";
import { HttpClient, type HttpOptions } from "../shared/http-client.ts";
import { type Bookmark, type PageWord, timeIn, turnPage } from "./bookmark.ts";
import { askTaxii, type Collection, findCollections, objectOf } from "./discover.ts";

/** A TAXII 2.1 server. */
export interface TaxiiOptions {
  /** The discovery or an API root. */
  readonly url: string;
  /** Ids, aliases or titles; all that may be read if absent. */
  readonly collections?: readonly string[];
  /** The first run takes what was added since so many days. */
  readonly sinceDays?: number;
  readonly pageSize: number;
  readonly http: HttpOptions;
}

type Bookmarks = Readonly<Record<string, Bookmark>>;

/** Reads what was added to collections, page by page; each page is delivered as a STIX bundle. */
export function makeTaxiiCollector(options: TaxiiOptions): Collector {
  return {
    manner: "polls",
    unjournaled: "dropped",
    collect: (run) => collect(options, run),
  };
}

async function* collect(options: TaxiiOptions, run: CollectRun): AsyncGenerator<Taken> {
  const url = new URL(options.url);
  const client = new HttpClient(options.http, url, run.signal);
  let bookmarks = { ...run.state } as Bookmarks;
  try {
    for (const collection of await findCollections(client, url, options.collections)) {
      const key = new URL(`collections/${collection.id}/`, collection.root).href;
      const begin = bookmarks[key] ?? firstBookmark(options, run.now());
      for await (const { bookmark, deliveries } of readPages(
        options,
        run,
        client,
        collection,
        begin,
      )) {
        bookmarks = { ...bookmarks, [key]: bookmark };
        yield { deliveries, state: bookmarks };
        if (run.signal.aborted) return;
      }
    }
  } finally {
    await client.close();
  }
}

function firstBookmark({ sinceDays }: TaxiiOptions, now: Date): Bookmark {
  if (sinceDays === undefined) return {};
  const since = new Date(now.getTime() - sinceDays * 86_400_000).toISOString();
  return { addedAfter: since.replace("Z", "000Z") };
}

/** A page in the spool, and where to go on. */
type Page = Pick<Taken, "deliveries"> & { readonly bookmark: Bookmark };

async function* readPages(
  { pageSize }: TaxiiOptions,
  run: CollectRun,
  client: HttpClient,
  collection: Collection,
  begin: Bookmark,
): AsyncGenerator<Page> {
  let at = begin;
  let forgotten = false;
  for (;;) {
    const page = await askPage(client, urlOf(collection, at, pageSize), !forgotten);
    if (!page) {
      // The token of an interrupted run is forgotten: from its beginning again, and what we have is known.
      forgotten = true;
      at = at.addedAfter === undefined ? {} : { addedAfter: at.addedAfter };
      continue;
    }
    const bookmark = turnPage(at, page);
    const deliveries = await spool(run, collection, page.objects);
    const moved = !same(bookmark, at);
    if (deliveries.length > 0 || moved) yield { deliveries, bookmark };
    if (!page.more || page.objects.length === 0) return;
    if (!moved)
      throw new FeedFault("feed-malformed", `the collection ${collection.title} never ends`);
    at = bookmark;
  }
}

function urlOf({ root, id }: Collection, { addedAfter, next }: Bookmark, pageSize: number): URL {
  const url = new URL(`collections/${encodeURIComponent(id)}/objects/`, root);
  url.searchParams.set("limit", String(pageSize));
  if (addedAfter !== undefined) url.searchParams.set("added_after", addedAfter);
  if (next !== undefined) url.searchParams.set("next", next);
  return url;
}

/** A page; `undefined` if the server does not know the token that is asked with, and may be so. */
async function askPage(
  client: HttpClient,
  url: URL,
  mayForget: boolean,
): Promise<(PageWord & { readonly objects: readonly unknown[] }) | undefined> {
  const answer = await askTaxii(client, url).catch((error: unknown) => {
    if (mayForget && url.searchParams.has("next") && isFault(error, "feed-refused"))
      return undefined;
    throw error;
  });
  if (!answer) return undefined;
  const { objects, more, next: token } = await objectOf(answer);
  const next = typeof token === "string" && token !== "" ? token : undefined;
  return {
    objects: Array.isArray(objects) ? objects : [],
    more: more === true || (more === undefined && next !== undefined),
    next,
    last: timeIn(answer.headers["x-taxii-date-added-last"]),
  };
}

/** A page as a bundle; none if it is empty or the very one that we have already. */
async function spool(
  run: CollectRun,
  { id: collection, title }: Collection,
  objects: readonly unknown[],
): Promise<Taken["deliveries"]> {
  if (objects.length === 0) return [];
  const text = JSON.stringify(objects);
  const hash = createHash("sha256").update(text).digest("hex");
  const id = `${collection}@${hash.slice(0, 32)}`;
  if (run.known(id)) return [];
  const bundle = `{"type":"bundle","id":"bundle--${uuidOf(hash)}","objects":${text}}\n`;
  const facts = { collection: title };
  return [await run.spool.put({ id, name: `${title}.json`, facts }, [Buffer.from(bundle)])];
}

/** A UUID that is the same for the same objects (version 8: made by ourselves). */
function uuidOf(hash: string): string {
  const part = (from: number, to: number): string => hash.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}

function same(a: Bookmark, b: Bookmark): boolean {
  return a.addedAfter === b.addedAfter && a.next === b.next;
}
