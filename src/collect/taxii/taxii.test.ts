import { describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, serve, usualHttp } from "../../../test/collect/bench.ts";
import { justBefore, timeIn, turnPage } from "./bookmark.ts";
import { makeTaxiiCollector, type TaxiiOptions } from "./index.ts";

/** How a server is odd, as servers are. */
interface Odd {
  /** Says `more` without `next`. */
  noNext?: boolean;
  /** Says nothing of when the last object was added; or, with a text, nonsense. */
  noDates?: boolean | string;
  /** Takes `added_after` as "from this time on". */
  inclusive?: boolean;
  /** Forgets its tokens. */
  forgetful?: boolean;
  plainType?: boolean;
}

interface Stored {
  added: string;
  id: string;
}

/** A TAXII 2.1 server with one collection of these objects. */
function server(objects: Stored[], odd: Odd = {}) {
  return serve(({ path, headers }, response) => {
    const type = odd.plainType ? "application/json" : "application/taxii+json;version=2.1";
    const say = (body: object, more: Record<string, string> = {}, status = 200): void =>
      void response.writeHead(status, { "content-type": type, ...more }).end(JSON.stringify(body));
    if (!headers.accept?.includes("application/taxii+json")) return say({}, {}, 406);
    if (!headers.authorization) return say({}, { "www-authenticate": "Basic" }, 401);
    const { pathname, searchParams } = new URL(path, "http://x");
    if (pathname === "/taxii2/") return say({ title: "t", api_roots: ["/root/", "/closed/"] });
    if (pathname === "/root/") return say({ title: "r", versions: ["2.1"] });
    if (pathname === "/root/collections/")
      return say({
        collections: [
          { id: "c1", title: "Indicators", can_read: true },
          { id: "c2", title: "Hidden", can_read: false },
        ],
      });
    if (pathname !== "/root/collections/c1/objects/") return say({}, {}, 404);
    const limit = Number(searchParams.get("limit"));
    const after = searchParams.get("added_after") ?? "";
    const token = searchParams.get("next");
    if (token !== null && odd.forgetful) {
      odd.forgetful = false;
      return say({ title: "no such next" }, {}, 400);
    }
    const found = objects.filter(({ added }) => (odd.inclusive ? added >= after : added > after));
    const begin = Number(token ?? 0);
    const page = found.slice(begin, begin + limit);
    const more = begin + limit < found.length;
    const last = odd.noDates === true ? undefined : (odd.noDates ?? page.at(-1)?.added);
    say(
      page.length === 0
        ? {}
        : {
            more,
            objects: page.map(({ id }) => ({ id })),
            ...(more && !odd.noNext ? { next: String(begin + limit) } : {}),
          },
      typeof last === "string" && page.length > 0 ? { "x-taxii-date-added-last": last } : {},
    );
  });
}

const time = (n: number): string => `2024-03-01T00:00:00.${String(n * 100).padStart(6, "0")}Z`;
const stored = (count: number): Stored[] =>
  Array.from({ length: count }, (_, i) => ({ added: time(i + 1), id: `indicator--${i + 1}` }));

const from = (url: string, more: Partial<TaxiiOptions> = {}) =>
  makeTaxiiCollector({
    url,
    pageSize: 2,
    http: { ...usualHttp, auth: { kind: "basic", user: "u", password: new Secret("p") } },
    ...more,
  });

const idsIn = (texts: readonly { text: string }[]): string[] =>
  texts.flatMap(({ text }) =>
    (JSON.parse(text) as { objects: { id: string }[] }).objects.map(({ id }) => id.slice(11)),
  );

describe("a TAXII server", () => {
  it.each([
    ["as the standard has it", {}],
    ["that says more without next", { noNext: true }],
    ["that takes added_after as inclusive", { inclusive: true }],
    ["that names no dates", { noDates: true }],
    ["whose dates are nonsense", { noDates: "undefined" }],
    ["whose content type is any", { plainType: true }],
  ] as [string, Odd][])(
    "%s gives every object, and the next time only new ones",
    async (_name, odd) => {
      const objects = stored(5);
      const { url } = await server(objects, odd);
      const depot = await depotIn();
      const first = await collectFrom(from(`${url}/taxii2/`), depot);
      expect(idsIn(first)).toEqual(["1", "2", "3", "4", "5"]);
      expect(JSON.parse(first[0]!.text)).toMatchObject({
        type: "bundle",
        id: expect.stringMatching(
          /^bundle--[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        ) as string,
      });
      expect(await collectFrom(from(`${url}/taxii2`), depot)).toEqual([]);
      objects.push({ added: time(9), id: "indicator--9" });
      expect(idsIn(await collectFrom(from(`${url}/root/`), depot))).toContain("9");
    },
  );

  it("is asked only for what is new", async () => {
    const { url, asked } = await server(stored(3));
    const depot = await depotIn();
    await collectFrom(from(`${url}/root/`), depot);
    await collectFrom(from(`${url}/root/`), depot);
    const last = new URL(asked.at(-1)!.path, url).searchParams;
    expect(last.get("added_after")).toBe(justBefore(time(3)));
    expect(last.has("next")).toBe(false);
  });

  it("loses nothing that was added later under the time of the last object", async () => {
    const objects = stored(3);
    const { url } = await server(objects);
    const depot = await depotIn();
    await collectFrom(from(`${url}/root/`), depot);
    objects.push({ added: time(3), id: "indicator--late" });
    expect(idsIn(await collectFrom(from(`${url}/root/`), depot))).toContain("late");
  });

  it.each([{}, { forgetful: true }])("goes on after a crash between pages (%j)", async (odd) => {
    const objects = stored(5);
    const home = await depotIn();
    const first = await server(objects);
    const url = `${first.url}/root/`;
    const begun = await collectFrom(from(url), home, { crash: { at: 1, journaled: true } });
    // The same server, as after a restart.
    const state = JSON.stringify(home.state).replaceAll(first.url, "");
    const second = await server(objects, odd);
    const depot = await depotIn();
    const again = JSON.parse(state.replace('"/root', `"${second.url}/root`)) as object;
    await depot.take({ deliveries: [], state: again as Record<string, unknown> });
    const rest = await collectFrom(from(`${second.url}/root/`), depot);
    expect(new Set([...idsIn(begun), ...idsIn(rest)])).toEqual(new Set(["1", "2", "3", "4", "5"]));
    expect(idsIn(rest)).toHaveLength("forgetful" in odd ? 5 : 3);
  });

  it("that knows no token of its own is told of", async () => {
    const { url } = await serve(({ path }, response) => {
      const collections = [{ id: "c", title: "c" }];
      if (path.includes("next=")) response.writeHead(400).end();
      else if (!path.includes("/objects/")) response.end(JSON.stringify({ collections }));
      else response.end('{"more":true,"next":"x","objects":[{}]}');
    });
    await expect(collectFrom(from(`${url}/root/`), await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
    });
  });

  it("that never ends is left", async () => {
    const { url } = await serve(({ path }, response) => {
      const objects = path.includes("/objects/");
      const collections = [{ id: "c", title: "c", can_read: true }];
      response.end(JSON.stringify(objects ? { more: true, objects: [{}] } : { collections }));
    });
    await expect(collectFrom(from(`${url}/root/`), await depotIn())).rejects.toMatchObject({
      code: "feed-malformed",
    });
  });

  it("without the collection that is wanted, or without us, refuses", async () => {
    const { url } = await server([]);
    const absent = from(`${url}/root/`, { collections: ["c2"] });
    await expect(collectFrom(absent, await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
      message: expect.stringContaining('"c2"') as string,
    });
    const strangers = from(`${url}/root/`, { http: usualHttp });
    await expect(collectFrom(strangers, await depotIn())).rejects.toMatchObject({
      code: "feed-refused",
    });
  });

  it("gets our credentials only at the host of the configuration", async () => {
    const other = await serve((_asked, response) => response.end('{"collections":[]}'));
    const { url } = await serve((_asked, response) =>
      response.end(JSON.stringify({ api_roots: [`${other.url}/root/`] })),
    );
    await collectFrom(from(url), await depotIn());
    expect(other.asked[0]!.headers).not.toHaveProperty("authorization");
  });
});

it.each([
  ["2024-03-01T00:00:00.000002Z", "2024-03-01T00:00:00.000001Z"],
  ["2024-03-01T00:00:00.5Z", "2024-03-01T00:00:00.499999Z"],
  ["2024-03-01T00:00:00Z", "2024-02-29T23:59:59.999999Z"],
])("a microsecond before %s is %s", (time, before) => {
  expect(justBefore(time)).toBe(before);
});

it("a bookmark keeps the token together with the time that it belongs to", () => {
  const page = { more: true, next: "t2", last: time(4) };
  expect(turnPage({ addedAfter: time(1), next: "t1", last: time(2) }, page)).toEqual({
    addedAfter: time(1),
    next: "t2",
    last: time(4),
  });
  expect(timeIn("undefined")).toBeUndefined();
});
