import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  copyOf,
  ingest,
  initialise,
  type Running,
  run,
  start,
  temporaryFolder,
  write,
} from "./program.ts";
import { dayFile, HEADER, row } from "./rows.ts";

const folder = temporaryFolder();
const base = join(folder, "base");
const small = join(folder, "small.csv");
const large = join(folder, "large.csv");
beforeAll(async () => {
  write(small, dayFile(3));
  const rows = Array.from({ length: 400_000 }, (_, i) => row(i));
  write(large, `${HEADER}\n${rows.join("\n")}\n`);
  await initialise(base);
});

/** An ingest that has the data directory open: of a file, or else waiting for standard input. */
async function holdOpen(data: string, file = "-"): Promise<Running & { pid: number }> {
  const running = start(["ingest", file, "--data", data, "--jobs", "1"], { stdin: null });
  for (let tries = 0; tries < 500; tries++) {
    if (running.process.exitCode !== null) break;
    if (ownerOf(data)?.pid === running.process.pid)
      return { ...running, pid: running.process.pid! };
    await wait(10);
  }
  expect.fail("the ingest never opened its data directory");
}

function ownerOf(data: string): { pid: number; command: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(data, "owner.json"), "utf8")) as {
      pid: number;
      command: string;
    };
  } catch {
    return undefined;
  }
}

describe("a data directory that another process has open", () => {
  it("is refused with the process and its command, for reading as for writing, and free when that has ended", async () => {
    const data = copyOf(base, "held");
    const first = await holdOpen(data);
    const second = await run(["ingest", small, "--data", data]);
    const third = await run(["situation", "--data", data, "--json"]);
    expect(first.process.exitCode).toBe(null);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(
      `${data} is in use by "tocsin ingest" (process ${first.pid}, since 20`,
    );
    expect(third.code).toBe(1);
    expect((JSON.parse(third.stderr) as { error: { code: string } }).error.code).toBe(
      "data-dir-in-use",
    );
    first.process.stdin?.end(dayFile(4));
    expect((await first.ended).code).toBe(0);
    expect(await ingest(data, [small])).toMatchObject({ rows: 3, kept: 0, duplicate: 3 });
    expect(ownerOf(data)).toBe(undefined);
  });

  it("is free at once when that was killed, whatever note it left", async () => {
    const data = copyOf(base, "killed");
    const first = await holdOpen(data);
    first.process.kill("SIGKILL");
    await first.ended;
    expect(ownerOf(data)?.pid).toBe(first.pid);
    expect(await ingest(data, [small])).toMatchObject({ kept: 3 });
    const situation = await ask<{ total: object }>(["situation", "--data", data]);
    expect(situation.total).toMatchObject({ victims: 3, origins: 1 });
  });
});

describe("Ctrl-C during an ingest", () => {
  it("ends it with exit code 130 and what it had is kept; the same command goes on, and nothing counts twice", async () => {
    const data = copyOf(base, "interrupted");
    const first = await holdOpen(data, large);
    await wait(300);
    first.process.kill("SIGINT");
    const { code, stdout, stderr } = await first.ended;
    expect({ code, stderr }).toMatchObject({ code: 130 });
    expect(stdout).toContain("Interrupted");
    const again = await ingest(data, [large]);
    expect(["resumed", "stored"]).toContain(again.files[0]?.outcome);
    const known = await ingest(data, [large]);
    expect(known.files[0]?.outcome).toBe("known");
    const { store } = await ask<{ store: { observations: number } }>(["doctor", "--data", data], {
      code: 4,
    });
    expect(store.observations).toBe(400_000);
  });

  it("ends it also while it waits for standard input, and leaves nothing behind", async () => {
    const data = copyOf(base, "waiting");
    const running = start(["ingest", "-", "--data", data], { stdin: null });
    running.process.stdin?.write(dayFile(3));
    await putAside(data);
    running.process.kill("SIGINT");
    const patience = setTimeout(() => running.process.kill("SIGKILL"), 5_000);
    const { code } = await running.ended;
    clearTimeout(patience);
    expect(code).toBe(130);
    expect(readdirSync(data).filter((name) => name.startsWith("stdin-"))).toEqual([]);
  });
});

async function putAside(data: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (readdirSync(data).some((name) => name.startsWith("stdin-"))) return;
    await wait(10);
  }
  expect.fail("standard input was never read");
}
