import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseStore } from "../../src/app/case-ports.ts";
import { Secret } from "../../src/core/secret.ts";
import { openLibsqlCases } from "../../src/store/libsql/index.ts";
import { openPostgresCases } from "../../src/store/postgres/index.ts";
import { postgresAbsent, PostgresServer } from "../contract/cases/postgres-server.ts";
import { temporaryFolder } from "./program.ts";

/** `TOCSIN_KILLS=20` kills more often. */
const KILLS = Number(process.env["TOCSIN_KILLS"] ?? 6);
const WRITER = fileURLToPath(new URL("write-cases.mjs", import.meta.url));

describe("SIGKILL while cases are written", { timeout: KILLS * 30_000 }, () => {
  it("loses nothing that was kept, and keeps nothing by halves: libsql", async () => {
    const path = join(temporaryFolder(), "cases.db");
    let kept = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      kept = await writeUntil(["libsql", path], (writer) => writer.kill("SIGKILL"), kept);
      const store = await openLibsqlCases(path);
      kept = await expectWhole(store, kept);
      await store.close();
    }
    expect(kept).toBeGreaterThan(KILLS);
  });

  describe.skipIf(postgresAbsent())("on a server", () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await PostgresServer.start();
    });
    afterAll(() => server.stop());

    it("loses nothing that was kept, and keeps nothing by halves: of the writer or the server", async () => {
      const place = server.makePlace();
      let kept = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const strike = kill % 2 === 0 ? "writer" : "server";
        const end = (writer: { kill(signal: "SIGKILL"): unknown }) =>
          strike === "writer" ? writer.kill("SIGKILL") : server.crash();
        kept = await writeUntil(["postgres", place], end, kept);
        await server.answers();
        const store = await openPostgresCases(new Secret(place));
        kept = await expectWhole(store, kept);
        await store.close();
      }
      expect(kept).toBeGreaterThan(KILLS);
    });
  });
});

/** Lets a process write, ends it some time after its first transaction, and gives the number of the last that it was told is kept. */
async function writeUntil(
  args: readonly string[],
  end: (writer: ReturnType<typeof spawn>) => unknown,
  before: number,
): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => writer.on("close", resolve));
  const said: string[] = [];
  const began = new Promise((resolve) => writer.stdout.once("data", resolve));
  writer.stdout.on("data", (text: Buffer) => said.push(text.toString()));
  await Promise.race([began, ended]);
  await wait(Math.random() * 300);
  await end(writer);
  await ended;
  const numbers = said.join("").trim().split("\n").map(Number);
  expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
  expect(numbers[0]).toBeGreaterThan(before);
  return numbers.at(-1)!;
}

/** Every transaction is there up to the last, whole; the last may have been kept although nobody was told. */
async function expectWhole(store: CaseStore, kept: number): Promise<number> {
  const last = await store.read(async (session) => {
    const number = Number(await session.setting("last"));
    const incidents = await session.incidents({ limit: 1_000_000 });
    expect(incidents).toHaveLength(number);
    for (const of of [1, Math.max(1, number - 1), number])
      expect(await session.findingsOf(`I-${of}`, { limit: 99 })).toHaveLength(20);
    return number;
  });
  expect([kept, kept + 1]).toContain(last);
  expect(await store.verifyAudit()).toEqual({ lines: last, broken: null });
  expect(await store.write((session) => session.nextNumber("after"))).toBeGreaterThan(0);
  return last;
}
