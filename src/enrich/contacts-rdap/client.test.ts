import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { folder, serve } from "../../../test/collect/bench.ts";
import { sharedData } from "../../../test/shared-data.ts";
import { IMPORTED } from "../../../test/directory-facts.ts";
import { addressFromText } from "../../core/network/index.ts";
import { serversOf } from "./bootstrap.ts";
import { RdapClient, type RdapOptions, readRdap } from "./index.ts";
import { rdapSubject } from "./subject.ts";

const network = readFileSync(new URL("fixtures/network.json", import.meta.url), "utf8");

/** A registry on loopback that is IANA as well. */
async function registry(answer: (path: string, response: ServerResponse, base: string) => void) {
  const asked: string[] = [];
  const at: number[] = [];
  let base = "";
  const { url } = await serve(({ path }, response) => {
    asked.push(path);
    at.push(performance.now());
    const services = (entries: string[]) =>
      JSON.stringify({ services: [[entries, [`${base}/rdap`]]] });
    if (path === "/ipv4.json") response.end(services(["198.51.100.0/22"]));
    else if (path === "/asn.json") response.end(services(["64496-64511"]));
    else if (path === "/dns.json") response.end(services(["example"]));
    else answer(path, response, base);
  });
  base = url;
  return { asked, at, base };
}

function client(base: string, given: Partial<RdapOptions> = {}): RdapClient {
  const made = new RdapClient({
    bootstrap: `${base}/`,
    cacheFolder: folder(),
    gapMs: 0,
    userAgent: "tocsin test",
    inside: true,
    now: () => new Date(),
    signal: new AbortController().signal,
    ...given,
  });
  onTestFinished(() => made.close());
  return made;
}

describe("RdapClient", () => {
  it("asks the registry that the bootstrap file names, and keeps the answer", async () => {
    const { asked, base } = await registry((_path, response) => response.end(network));
    const cacheFolder = folder();
    const { document } = await client(base, { cacheFolder }).look("198.51.100.7");
    expect(document).toEqual(JSON.parse(network));
    expect(asked).toEqual(["/ipv4.json", "/rdap/ip/198.51.100.7"]);
    await client(base, { cacheFolder }).look("198.51.100.7");
    expect(asked.length).toBe(2);
    const inNineDays = () => new Date(Date.now() + 9 * 86_400_000);
    await client(base, { cacheFolder, now: inNineDays }).look("198.51.100.7");
    expect(asked.length).toBe(4);
  });

  it.each([
    ["AS64500", "/rdap/autnum/64500"],
    ["Bücher.example.", "/rdap/domain/xn--bcher-kva.example"],
  ])("asks about %s at %s", async (text, path) => {
    const { asked, base } = await registry((_path, response) => response.end("{}"));
    await client(base).look(text);
    expect(asked.at(-1)).toBe(path);
  });

  it("follows redirects, but never from inside a registry to nowhere", async () => {
    const { base } = await registry((path, response, home) => {
      if (path === "/rdap/ip/198.51.100.7")
        response.writeHead(303, { location: `${home}/other` }).end();
      else if (path === "/other") response.end(network);
      else response.writeHead(302, { location: "ftp://198.51.100.1/" }).end();
    });
    expect(await client(base).look("198.51.100.7")).toMatchObject({
      document: { name: "NORDNETT" },
    });
    await expect(client(base).look("198.51.100.8")).rejects.toMatchObject({
      code: "lookup-failed",
    });
  });

  it("waits as Retry-After says if that is short, and asks once more", async () => {
    let busy = true;
    const { asked, at, base } = await registry((_path, response) => {
      if (busy) response.writeHead(429, { "retry-after": "1" }).end();
      else response.end(network);
      busy = false;
    });
    await client(base).look("198.51.100.7");
    expect(asked.length).toBe(3);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(1_000);
  });

  it("leaves a server alone that wants it for longer, in later runs too", async () => {
    const { asked, base } = await registry((_path, response) =>
      response.writeHead(503, { "retry-after": "3600" }).end(),
    );
    const cacheFolder = folder();
    const look = (text: string, now = () => new Date()) =>
      client(base, { cacheFolder, now }).look(text);
    await expect(look("198.51.100.7")).rejects.toMatchObject({ code: "lookup-failed" });
    await expect(look("198.51.100.8")).rejects.toMatchObject({ code: "lookup-failed" });
    expect(asked).toEqual(["/ipv4.json", "/rdap/ip/198.51.100.7"]);
    const tomorrow = () => new Date(Date.now() + 86_400_000);
    await expect(look("198.51.100.8", tomorrow)).rejects.toMatchObject({ code: "lookup-failed" });
    expect(asked.length).toBe(3);
  });

  it("asks one server no more often than once in a gap", async () => {
    const { at, base } = await registry((_path, response) => response.end(network));
    const one = client(base, { gapMs: 200 });
    for (const last of [1, 2, 3]) await one.look(`198.51.100.${last}`);
    for (let index = 1; index < at.length; index++)
      expect(at[index]! - at[index - 1]!).toBeGreaterThanOrEqual(150);
  });

  it("remembers for a day that a registry knows nothing", async () => {
    const { asked, base } = await registry((_path, response) => response.writeHead(404).end());
    const one = client(base);
    for (let again = 0; again < 2; again++)
      await expect(one.look("198.51.100.7")).rejects.toMatchObject({ code: "lookup-empty" });
    expect(asked.length).toBe(2);
    await expect(one.look("203.0.113.1")).rejects.toMatchObject({ code: "lookup-empty" });
    await expect(one.look("not a subject")).rejects.toMatchObject({ code: "usage" });
  });

  it("takes no answer that is no JSON or too large", async () => {
    const { base } = await registry((path, response) =>
      response.end(path.endsWith("7") ? "<html>" : JSON.stringify("x".repeat(5 << 20))),
    );
    for (const address of ["198.51.100.7", "198.51.100.8"])
      await expect(client(base).look(address)).rejects.toMatchObject({ code: "lookup-failed" });
  });

  it("asks nobody inside unless it may", async () => {
    const { asked, base } = await registry((_path, response) => response.end(network));
    await expect(client(base, { inside: false }).look("198.51.100.7")).rejects.toMatchObject({
      code: "lookup-failed",
    });
    expect(asked).toEqual([]);
  });
});

describe("the parents of a host", () => {
  it("are asked about until one is registered", async () => {
    const { asked, base } = await registry((path, response) =>
      path.endsWith("/shop.example")
        ? response.end(`{"ldhName": "shop.example"}`)
        : response.writeHead(404).end(),
    );
    const { subject } = await client(base).look("a.b.shop.example");
    expect(subject).toEqual({ kind: "domain", domain: "shop.example" });
    expect(asked.slice(1)).toEqual([
      "/rdap/domain/a.b.shop.example",
      "/rdap/domain/b.shop.example",
      "/rdap/domain/shop.example",
    ]);
    await expect(client(base).look("www.other.example")).rejects.toMatchObject({
      code: "lookup-empty",
    });
  });
});

describe("readRdap", () => {
  const read = (document: object, asked: string) =>
    readRdap(document, { source: "rdap", importedAt: IMPORTED }, rdapSubject(asked));
  const entities = (JSON.parse(network) as { entities: unknown[] }).entities;

  it.each([
    [{ startAddress: "0.0.0.0", endAddress: "255.255.255.255" }, "198.51.100.7"],
    [{ startAddress: "203.0.113.0", endAddress: "203.0.113.255" }, "198.51.100.7"],
    [{ startAutnum: 1, endAutnum: 2 }, "AS64500"],
    [{ ldhName: "example" }, "shop.example"],
    [{ ldhName: "notshop.example" }, "shop.example"],
    [{}, "shop.example"],
  ])("makes nobody responsible by %j when %s was asked about", (said, asked) => {
    const { directory, refused } = read({ ...said, entities }, asked);
    expect(directory.responsibilities).toEqual([]);
    expect(refused).toMatchObject([{ reason: expect.stringMatching(/something else/) }]);
  });

  it.each([
    [{ startAutnum: 64_499, endAutnum: 64_500 }, "AS64500", ["64499", "64500"]],
    [{ ldhName: "SHOP.example." }, "www.shop.example", ["shop.example"]],
  ])("takes %j for %s", (said, asked, values) => {
    const { directory } = read({ ...said, entities }, asked);
    expect(directory.responsibilities.map(({ value }) => value)).toEqual(values);
  });
});

describe("serversOf", () => {
  const services = [
    [["198.51.0.0/16"], ["http://wide.example/", "https://wide.example/"]],
    [["198.51.100.0/24"], ["https://narrow.example/"]],
  ];
  const ip = (text: string) => ({ kind: "ip", address: addressFromText(text)! }) as const;

  it("gives the most specific entry's servers, https first", () => {
    expect(serversOf({ services }, ip("198.51.100.1"))).toEqual(["https://narrow.example/"]);
    expect(serversOf({ services }, ip("198.51.1.1"))).toEqual([
      "https://wide.example/",
      "http://wide.example/",
    ]);
    expect(serversOf({ services }, ip("203.0.113.1"))).toEqual([]);
    expect(serversOf("nonsense", ip("203.0.113.1"))).toEqual([]);
  });
});

const real = (name: string) => sharedData(`rdap-responses/${name}`);

describe.skipIf(real("ipnetwork.json") === undefined)("answers of real servers", () => {
  const read = (name: string) =>
    readRdap(JSON.parse(readFileSync(real(name)!, "utf8")), {
      source: "rdap",
      importedAt: IMPORTED,
    });

  it("finds the IRT of a network", () => {
    const { directory, refused } = read("ipnetwork.json");
    expect(refused).toEqual([]);
    expect(directory.contacts.map(({ address }) => address)).toEqual(["anti-spam@chinatelecom.cn"]);
    expect(directory.responsibilities.map(({ value }) => value)).toEqual(["101.1.0.0/22"]);
    expect(directory.institutions).toMatchObject([
      { id: "rdap-irt-chinanet-cn", country: "CN", kind: "operator", tier: "T0" },
    ]);
  });

  it.each(["example.com.json", "nic.versicherung.json"])(
    "finds the abuse desk inside the registrar of %s",
    (name) => {
      const { directory } = read(name);
      expect(directory.institutions.map(({ kind }) => kind)).toEqual(["registrar"]);
      expect(directory.contacts.filter(({ channel }) => channel === "mail").length).toBe(1);
      expect(directory.responsibilities.map(({ kind }) => kind)).toEqual(["domain"]);
    },
  );
});
