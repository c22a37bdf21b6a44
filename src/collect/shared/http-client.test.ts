import { describe, expect, it } from "vitest";
import { Secret } from "../../core/secret.ts";
import { serve, usualHttp } from "../../../test/collect/bench.ts";
import { HttpClient } from "./http-client.ts";
import { isInternal } from "../../core/network/index.ts";
import { fits } from "./name-pattern.ts";

const signal = new AbortController().signal;

describe("a client whose host is outside", () => {
  const outside = new URL("http://192.0.2.1/");
  const auth = { kind: "bearer", token: new Secret("t") } as const;
  const client = () => new HttpClient({ ...usualHttp, auth }, outside, signal);

  it.each(["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])("does not ask %s", async (host) => {
    const { url, asked } = await serve((_asked, response) => response.end("inside"));
    const inside = new URL(url.replace("127.0.0.1", host));
    await expect(client().ask({ url: inside })).rejects.toMatchObject({ code: "feed-refused" });
    expect(asked).toEqual([]);
  });
});

it("what is sent goes to no other host", async () => {
  const other = await serve((_asked, response) => response.end());
  const { url, asked } = await serve(({ path }, response) => {
    const location = path === "/own" ? "/end" : `${other.url}/`;
    if (path === "/end") response.end("done");
    else response.writeHead(307, { location }).end();
  });
  const client = new HttpClient(usualHttp, new URL(url), signal);
  const post = (path: string) =>
    client.ask({ url: new URL(path, url), method: "POST", body: Buffer.from("secret") });
  expect(await (await post("/own")).text()).toBe("done");
  expect(asked.map(({ body }) => body)).toEqual(["secret", "secret"]);
  await expect(post("/away")).rejects.toMatchObject({ code: "feed-refused" });
  expect(other.asked).toEqual([]);
  await client.close();
});

it("a client that is stopped ends at once", async () => {
  const { url } = await serve(() => undefined);
  const stop = new AbortController();
  const client = new HttpClient(usualHttp, new URL(url), stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(client.ask({ url: new URL(url) })).rejects.toMatchObject({
    code: "feed-unreachable",
  });
});

it.each([
  ["10.1.2.3", true],
  ["172.31.0.1", true],
  ["172.32.0.1", false],
  ["169.254.169.254", true],
  ["100.64.0.1", true],
  ["::1", true],
  ["fd00::1", true],
  ["fe80::1", true],
  ["::ffff:10.0.0.1", true],
  ["2001:db8::1", false],
  ["198.51.100.1", false],
  ["example.org", false],
])("whether %s is inside: %s", (address, inside) => {
  expect(isInternal(address)).toBe(inside);
});

it.each([
  ["a.csv", "*.csv", true],
  ["a/b.csv", "*.csv", false],
  ["a/b.csv", "**/*.csv", true],
  ["b.csv", "**/*.csv", true],
  ["a/b/c", "a/**", true],
  ["A.CSV", "*.{csv,tsv}", true],
  ["a.log", "*.{csv,tsv}", false],
  ["abc", "a?c", true],
  ["a+c(1).csv", "a+c(1).*", true],
  ["a{b", "a{b", true],
  ["报告.csv", "??.csv", true],
])("whether %s fits %s: %s", (name, pattern, expected) => {
  expect(fits(name, pattern)).toBe(expected);
});
