import { expect, it } from "vitest";
import { collectFrom, depotIn, serve, usualHttp } from "../../../test/collect/bench.ts";
import { makeMispCollector } from "./index.ts";

const A = "57c4445b-c548-4654-af0b-4be3950d210f";
const B = "5b1e8f2a-0000-4000-8000-000000000001";
const C = "5b1e8f2a-0000-4000-8000-000000000002";

it("fetches only the events that are new or have changed", async () => {
  const manifest: Record<string, object> = {
    [A]: { timestamp: 1_500_000_000, info: "one" },
    [B]: { timestamp: "1400000000", info: "two" },
    "../../etc/passwd": { timestamp: 1 },
  };
  const { url, asked } = await serve(({ path, headers }, response) => {
    const etag = `"${JSON.stringify(manifest).length}"`;
    if (path !== "/feed/manifest.json") response.end(`{"Event":"${path}"}`);
    else if (headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag }).end(JSON.stringify(manifest));
  });
  const depot = await depotIn();
  const feed = makeMispCollector({ url: `${url}/feed`, http: usualHttp });
  expect((await collectFrom(feed, depot)).map(({ name }) => name)).toEqual([
    `${B}.json`,
    `${A}.json`,
  ]);
  expect(await collectFrom(feed, depot)).toEqual([]);
  manifest[B] = { timestamp: "1600000000" };
  manifest[C] = { timestamp: 1_450_000_000 };
  expect((await collectFrom(feed, depot)).map(({ id }) => id)).toEqual([
    `${C}@1450000000`,
    `${B}@1600000000`,
  ]);
  expect(asked.filter(({ path }) => path.endsWith("manifest.json"))).toHaveLength(3);
  expect(asked).toHaveLength(7);
});

it("reads a manifest again of which an event could not be had", async () => {
  let there = false;
  const { url } = await serve(({ path, headers }, response) => {
    if (path === `/${A}.json` && !there) response.writeHead(404).end();
    else if (path !== "/manifest.json") response.end("{}");
    else if (headers["if-none-match"] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"' }).end(JSON.stringify({ [A]: {}, [B]: {} }));
  });
  const depot = await depotIn();
  const feed = makeMispCollector({ url, http: usualHttp });
  await expect(collectFrom(feed, depot)).rejects.toMatchObject({ code: "feed-refused" });
  expect(depot.known(`${B}@0`)).toBe(true);
  there = true;
  expect(await collectFrom(feed, depot)).toMatchObject([{ id: `${A}@0` }]);
  expect(await collectFrom(feed, depot)).toEqual([]);
});

it("leaves what is older than wanted", async () => {
  const now = Math.floor(Date.now() / 1000);
  const manifest = { [A]: { timestamp: now - 86_400 * 3 }, [B]: { timestamp: now } };
  const { url } = await serve((_asked, response) => response.end(JSON.stringify(manifest)));
  const feed = makeMispCollector({ url, sinceDays: 2, http: usualHttp });
  expect((await collectFrom(feed, await depotIn())).map(({ name }) => name)).toEqual([`${B}.json`]);
});

it("says so when the manifest is none", async () => {
  const { url } = await serve((_asked, response) => response.end("[]"));
  const feed = makeMispCollector({ url, http: usualHttp });
  await expect(collectFrom(feed, await depotIn())).rejects.toMatchObject({
    code: "feed-malformed",
  });
});
