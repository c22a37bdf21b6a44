import { type HttpAnswer, shown } from "../shared/http-answer.ts";
import type { HttpClient } from "../shared/http-client.ts";
import { FeedFault } from "../../app/collect-ports.ts";
import { isFault } from "../../core/fault.ts";

const ACCEPT = "application/taxii+json;version=2.1";

/** A collection that we may read. */
export interface Collection {
  /** The API root, with a `/` at its end. */
  readonly root: URL;
  readonly id: string;
  readonly title: string;
}

/** Asks as TAXII wants to be asked. */
export async function askTaxii(client: HttpClient, url: URL): Promise<HttpAnswer> {
  return client.ask({ url, headers: { accept: ACCEPT } });
}

/** A JSON object, whatever content type the server gives it. */
export async function objectOf(answer: HttpAnswer): Promise<Record<string, unknown>> {
  const value = await answer.json();
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new FeedFault("feed-malformed", `${shown(answer.url)}: the answer is no JSON object`);
}

/** The collections of a server, or of an API root, that are wanted: by id, alias or title; all if nothing is said. */
export async function findCollections(
  client: HttpClient,
  url: URL,
  wanted: readonly string[] | undefined,
): Promise<Collection[]> {
  const found: Collection[] = [];
  for (const root of await findRoots(client, withSlash(url)))
    found.push(...(await collectionsOf(client, root, wanted)));
  const missing = wanted?.find(
    (name) => !found.some(({ id, title }) => [id, title].includes(name)),
  );
  if (found.length > 0 || wanted === undefined) return found;
  throw new FeedFault(
    "feed-refused",
    `${shown(url)} has no collection "${missing}" for us to read`,
  );
}

async function findRoots(client: HttpClient, url: URL): Promise<URL[]> {
  const { api_roots: roots } = await objectOf(await askTaxii(client, url));
  if (!Array.isArray(roots)) return [url];
  const urls = roots.filter((root) => typeof root === "string" && URL.canParse(root, url.href));
  return urls.map((root: string) => withSlash(new URL(root, url)));
}

async function collectionsOf(
  client: HttpClient,
  root: URL,
  wanted: readonly string[] | undefined,
): Promise<Collection[]> {
  const answer = await askTaxii(client, new URL("collections/", root)).catch((error: unknown) => {
    // A server may list roots that are not for us.
    if (isFault(error, "feed-refused") && wanted === undefined) return undefined;
    throw error;
  });
  const { collections } = answer ? await objectOf(answer) : {};
  if (!Array.isArray(collections)) return [];
  return (collections as Record<string, unknown>[]).flatMap((said) => {
    const { id, title = id, alias } = said;
    if (typeof id !== "string" || said["can_read"] === false) return [];
    const names = [id, title, alias];
    if (wanted && !wanted.some((name) => names.includes(name))) return [];
    return [{ root, id, title: String(title) }];
  });
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith("/") ? url : new URL(`${url.pathname}/${url.search}`, url);
}
