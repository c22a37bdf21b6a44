import { createServer as createTlsServer } from "node:https";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeCertificates, withoutOpenssl } from "../../../test/collect/tls.ts";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn, folder, serve, usualHttp } from "../../../test/collect/bench.ts";
import { absent, freePort, startServer } from "../../../test/collect/program.ts";
import type { HttpOptions } from "../shared/http-client.ts";
import { secondsOf } from "../shared/http-status.ts";
import { fileNameOf } from "../shared/file-name.ts";
import { makeHttpCollector } from "./index.ts";

const from = (url: string, http: Partial<HttpOptions> = {}) =>
  makeHttpCollector({ url, http: { ...usualHttp, ...http } });

describe("an HTTP feed", () => {
  it("is fetched again only when the server says that it is another file", async () => {
    let version = 1;
    const { url, asked } = await serve(({ headers }, response) => {
      const etag = `"v${version}"`;
      if (headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, "last-modified": "yes" }).end(`version ${version}\n`);
    });
    const depot = await depotIn();
    const feed = from(`${url}/list.csv?key=k`);
    expect(await collectFrom(feed, depot)).toMatchObject([
      { name: "list.csv", text: "version 1\n", facts: { etag: '"v1"' } },
    ]);
    expect(await collectFrom(feed, depot)).toEqual([]);
    version = 2;
    expect(await collectFrom(feed, depot)).toMatchObject([{ text: "version 2\n" }]);
    expect(asked.map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      '"v1"',
      '"v1"',
    ]);
    expect(asked[1]!.headers["if-modified-since"]).toBe("yes");
  });

  it("is told by its bytes where the server knows no ETag", async () => {
    let body = "a\n";
    const { url } = await serve((_asked, response) => response.end(body));
    const depot = await depotIn();
    expect(await collectFrom(from(url), depot)).toHaveLength(1);
    expect(await collectFrom(from(url), depot)).toHaveLength(0);
    body = "b\n";
    expect(await collectFrom(from(url), depot)).toHaveLength(1);
  });

  it("may have the day in its name", async () => {
    const { url, asked } = await serve((_asked, response) =>
      response.writeHead(200, { etag: '"1"' }).end("a\n"),
    );
    const dated = `${url}/{yyyy}/{mm}-{dd}.csv`;
    const depot = await depotIn();
    const feed = (daysBack: number) => makeHttpCollector({ url: dated, daysBack, http: usualHttp });
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString();
    expect(await collectFrom(feed(1), depot)).toHaveLength(1);
    expect(await collectFrom(feed(0), depot)).toHaveLength(1);
    expect(asked.map(({ path }) => path)).toEqual(
      [1, 0].map((back) => `/${day(back).slice(0, 4)}/${day(back).slice(5, 10)}.csv`),
    );
    expect(asked[1]!.headers).not.toHaveProperty("if-none-match");
  });

  it("is unpacked where only the transfer was packed, and left packed where the file is", async () => {
    const { url } = await serve(({ path }, response) => {
      const transfer = path === "/transfer.csv";
      response.writeHead(200, transfer ? { "content-encoding": "gzip" } : {});
      response.end(gzipSync("a\n"));
    });
    const [one] = await collectFrom(from(`${url}/transfer.csv`), await depotIn());
    const [two] = await collectFrom(from(`${url}/file.csv.gz`), await depotIn());
    expect(one!.text).toBe("a\n");
    expect(two!.text.startsWith("\u001f\u008b")).toBe(true);
  });

  it("says who we are, but not to another host that it redirects to", async () => {
    const other = await serve((_asked, response) => response.end("theirs\n"));
    const first = await serve(({ path }, response) => {
      const location = path === "/own" ? "/file" : `${other.url}/elsewhere`;
      if (path === "/file") response.end("ours\n");
      else response.writeHead(302, { location }).end();
    });
    const auth = { kind: "basic", user: "u", password: new Secret("p") } as const;
    const headers = { "x-key": "secret" };
    await collectFrom(from(`${first.url}/own`, { auth, headers }), await depotIn());
    const basic = `Basic ${Buffer.from("u:p").toString("base64")}`;
    expect(first.asked.map((asked) => asked.headers.authorization)).toEqual([basic, basic]);
    const taken = await collectFrom(from(`${first.url}/x`, { auth, headers }), await depotIn());
    expect(taken).toMatchObject([{ text: "theirs\n" }]);
    expect(other.asked[0]!.headers).not.toHaveProperty("authorization");
    expect(other.asked[0]!.headers).not.toHaveProperty("x-key");
  });

  it("follows no redirect without end, and none to what is no web address", async () => {
    const { url, asked } = await serve(({ path }, response) =>
      response.writeHead(302, { location: path === "/file" ? "file:///etc/passwd" : "/on" }).end(),
    );
    for (const path of ["/on", "/file"])
      await expect(collectFrom(from(url + path), await depotIn())).rejects.toMatchObject({
        code: "feed-refused",
      });
    expect(asked.length).toBe(7);
  });

  it.each([
    [401, {}, "feed-refused", undefined],
    [404, {}, "feed-refused", undefined],
    [500, {}, "feed-unreachable", undefined],
    [429, { "retry-after": "120" }, "feed-unreachable", 120],
    [
      503,
      { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", date: "Wed, 21 Oct 2015 07:27:30 GMT" },
      "feed-unreachable",
      30,
    ],
  ])("tells what the status %i with %j means", async (status, headers, code, retryAfterSeconds) => {
    const { url } = await serve((_asked, response) =>
      response.writeHead(status, { "content-type": "text/plain", ...headers }).end("why\nnot"),
    );
    const taking = collectFrom(from(`${url}/a?token=secret`), await depotIn());
    await expect(taking).rejects.toMatchObject({
      code,
      retryAfterSeconds,
      message: `${url}/a answered ${status}: why not`,
    });
  });

  it("leaves nothing behind that is too large, too slow or cut short", async () => {
    const { url } = await serve(({ path }, response) => {
      if (path === "/large") response.end("x".repeat(2 << 20));
      if (path === "/bomb")
        response
          .writeHead(200, { "content-encoding": "gzip" })
          .end(gzipSync(Buffer.alloc(2 << 20)));
      if (path === "/slow") response.write("x");
      if (path === "/cut") {
        response.writeHead(200, { "content-length": "100" }).write("x");
        setTimeout(() => response.destroy(), 20);
      }
    });
    const depot = await depotIn();
    const code = async (path: string, http: Partial<HttpOptions> = {}): Promise<unknown> =>
      collectFrom(from(url + path, http), depot).catch((fault: { code: string }) => fault.code);
    expect(await code("/large")).toBe("input-too-large");
    expect(await code("/slow", { timeoutSeconds: 0.2 })).toBe("feed-unreachable");
    expect(await code("/cut")).toBe("feed-unreachable");
    expect(await code("/bomb")).toBe("input-too-large");
    expect(depot.standing.deliveries).toBe(0);
    expect(depot.state).toBeUndefined();
  });

  it("is told to be out of reach where nobody listens", async () => {
    const taking = collectFrom(from("http://127.0.0.1:9/"), await depotIn());
    await expect(taking).rejects.toMatchObject({ code: "feed-unreachable" });
  });
});

const TINYPROXY = "/usr/bin/tinyproxy";

/** A proxy that lets through to these ports, as it is asked by CONNECT. */
async function startProxy(...ports: readonly number[]): Promise<string> {
  const port = await freePort();
  const config = join(folder(), "proxy.conf");
  const allowed = ports.map((allowed) => `ConnectPort ${allowed}\n`).join("");
  writeFileSync(config, `Port ${port}\nListen 127.0.0.1\nMaxClients 5\n${allowed}`);
  await startServer(TINYPROXY, ["-d", "-c", config], port);
  return `http://127.0.0.1:${port}`;
}

const portOf = (url: string): number => Number(new URL(url).port);

describe.skipIf(absent(TINYPROXY))("a proxy", () => {
  it("is asked where there is one", async () => {
    const { url, asked } = await serve((_asked, response) => response.end("a\n"));
    const feed = from(`${url}/a.csv`, { proxy: await startProxy(portOf(url)) });
    expect(await collectFrom(feed, await depotIn())).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it.skipIf(withoutOpenssl)(
    "hands https through, and it is ours to check the certificate",
    async () => {
      const { ca, cert, key } = makeCertificates();
      const server = createTlsServer({ cert, key }, (_asked, response) => response.end("a\n"));
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      onTestFinished(() => void server.close());
      const proxy = await startProxy(port);
      const url = `https://localhost:${port}/a.csv`;
      expect(await collectFrom(from(url, { proxy, ca }), await depotIn())).toMatchObject([
        { name: "a.csv", text: "a\n" },
      ]);
      await expect(collectFrom(from(url, { proxy }), await depotIn())).rejects.toMatchObject({
        code: "feed-unreachable",
      });
    },
  );

  it("is not sent where a redirect says, unless the configuration names the host", async () => {
    const inside = await serve((_asked, response) => response.end("inside\n"));
    const place = `http://localhost:${portOf(inside.url)}/a.csv`;
    const { url } = await serve((_asked, response) => {
      response.writeHead(302, { location: place }).end();
    });
    const proxy = await startProxy(portOf(url), portOf(inside.url));
    const refused = collectFrom(from(url, { proxy }), await depotIn());
    await expect(refused).rejects.toMatchObject({
      code: "feed-refused",
      message: expect.stringContaining("redirectHosts") as string,
    });
    const others = collectFrom(from(url, { proxy, redirectHosts: ["*.example"] }), await depotIn());
    await expect(others).rejects.toMatchObject({ code: "feed-refused" });
    expect(inside.asked).toEqual([]);
    const named = from(url, { proxy, redirectHosts: ["localhost"] });
    expect(await collectFrom(named, await depotIn())).toMatchObject([{ text: "inside\n" }]);
  });
});

it("hosts that redirects may lead to bind without a proxy, too", async () => {
  const other = await serve((_asked, response) => response.end("other\n"));
  const location = other.url.replace("127.0.0.1", "localhost");
  const { url } = await serve(
    (_asked, response) => void response.writeHead(302, { location }).end(),
  );
  const led = (redirectHosts: string[]) =>
    depotIn().then((depot) => collectFrom(from(url, { redirectHosts }), depot));
  await expect(led([])).rejects.toMatchObject({ code: "feed-refused" });
  expect(await led(["local*"])).toHaveLength(1);
});

it.each([
  [undefined, "http://a.example/x/list.csv?a=b", "list.csv"],
  [undefined, "http://a.example/", "a.example"],
  ['attachment; filename="my list.csv"', "http://a.example/x", "my list.csv"],
  ["attachment; filename=a.csv; size=3", "http://a.example/x", "a.csv"],
  ["attachment; filename*=UTF-8''%e6%8a%a5.csv; filename=b", "http://a.example/x", "报.csv"],
])("the file of %j behind %s is called %s", (disposition, url, name) => {
  expect(fileNameOf(disposition, new URL(url))).toBe(name);
});

it("an unreadable Retry-After says nothing", () => {
  expect(secondsOf("soon")).toBeUndefined();
  expect(secondsOf(undefined)).toBeUndefined();
});
