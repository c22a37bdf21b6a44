import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Depot } from "../../app/collect-ports.ts";
import { Secret } from "../../core/secret.ts";
import { collectFrom, depotIn } from "../../../test/collect/bench.ts";
import { makePushCollector } from "./index.ts";

const TOKEN = "the token";

function init(method: string, body: string, headers: Record<string, string>): RequestInit {
  return { method, body, headers: { authorization: `Bearer ${TOKEN}`, ...headers } };
}

/** A server that takes pushes until it is stopped. */
async function server(given?: Depot, maxBytes = 1000) {
  const depot = given ?? (await depotIn());
  const stop = new AbortController();
  let listening = (_port: number): void => undefined;
  const listens = new Promise<number>((resolve) => (listening = resolve));
  const token = new Secret(TOKEN);
  const options = { listen: "127.0.0.1", port: 0, token, maxBytes, onListening: listening };
  const ended = collectFrom(makePushCollector(options), depot, { signal: stop.signal });
  const url = `http://127.0.0.1:${await listens}`;
  return {
    depot,
    url,
    stop: async () => {
      stop.abort();
      return ended;
    },
    push: (path: string, body: string, headers: Record<string, string> = {}, method = "POST") =>
      fetch(url + path, init(method, body, headers)),
  };
}

describe("a push server", () => {
  it("says 202 when the journal has the file, and takes the same only once", async () => {
    const one = await server();
    const answer = await one.push("/feeds/a.csv", "a\n", {}, "PUT");
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    expect(one.depot.known(id)).toBe(true);
    expect((await one.push("/feeds/a.csv", "a\n")).status).toBe(202);
    const disposition = { "content-disposition": 'attachment; filename="b.csv"' };
    await one.push("/feeds/", "b\n", disposition);
    await one.push("/", "b\n", { "idempotency-key": "k1" });
    await one.push("/", "c\n", { "idempotency-key": "k1" });
    const taken = await one.stop();
    expect(taken.map(({ name, text }) => [name, text])).toEqual([
      ["a.csv", "a\n"],
      ["b.csv", "b\n"],
      ["push", "b\n"],
    ]);
  });

  it("takes many at the same time, each once", async () => {
    const one = await server();
    const push = async (i: number): Promise<void> => {
      for (;;) {
        const { status } = await one.push(`/${i}.csv`, `row ${i % 30}\n`);
        if (status === 202) return;
        expect(status).toBe(503);
        await delay(10);
      }
    };
    await Promise.all(Array.from({ length: 90 }, (_, i) => push(i)));
    expect(await one.stop()).toHaveLength(30);
  });

  it("takes nothing from strangers, nothing empty and nothing too large", async () => {
    const one = await server();
    const status = async (...args: Parameters<typeof one.push>): Promise<number> =>
      (await one.push(...args)).status;
    expect(await status("/a", "a\n", { authorization: "Bearer wrong" })).toBe(401);
    expect(await status("/a", "a\n", { authorization: "" })).toBe(401);
    expect(await status("/a", "")).toBe(400);
    expect(await status("/a", "x".repeat(2000))).toBe(413);
    expect(await status("/a", "a\n", {}, "DELETE")).toBe(405);
    const chunked = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    const authorization = `Bearer ${TOKEN}`;
    const init = { method: "POST", body: chunked, headers: { authorization }, duplex: "half" };
    expect((await fetch(`${one.url}/a`, init as RequestInit)).status).toBe(413);
    expect(await one.stop()).toEqual([]);
  });

  it("does not answer before the journal has it", async () => {
    const depot = await depotIn();
    let journaled = false;
    const slow: Depot = Object.create(depot, {
      take: {
        value: async (taken: Parameters<Depot["take"]>[0]) => {
          await delay(150);
          await depot.take(taken);
          journaled = true;
        },
      },
      known: { value: (id: string) => depot.known(id) },
      state: { value: undefined },
      spool: { value: depot.spool },
    }) as Depot;
    const one = await server(slow);
    const answer = await one.push("/a.csv", "a\n");
    expect([answer.status, journaled]).toEqual([202, true]);
    await one.stop();
  });

  it("says so when the port is taken", async () => {
    const one = await server();
    const port = Number(new URL(one.url).port);
    const token = new Secret(TOKEN);
    const second = makePushCollector({ listen: "127.0.0.1", port, token, maxBytes: 10 });
    await expect(collectFrom(second, await depotIn())).rejects.toMatchObject({
      code: "feed-unreachable",
    });
    await one.stop();
  });
});
