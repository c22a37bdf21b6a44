import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ask, copyOf, ingest, initialise, run, temporaryFolder, write } from "./program.ts";
import { dayFile, HEADER, row, text } from "./rows.ts";

const folder = temporaryFolder();
const base = join(folder, "base");
beforeAll(() => initialise(base));

describe("what ingest is given", () => {
  it("may be a directory, named like a file or not: its files are read in the order of their names", async () => {
    const directory = join(folder, "reports", "x.csv");
    write(join(directory, "b", "2.csv"), dayFile(2, 2));
    write(join(directory, "1.csv"), dayFile(2, 0));
    write(join(directory, ".hidden.csv"), dayFile(2, 4));
    const summary = await ingest(copyOf(base, "directory"), [directory]);
    expect(summary.files.map(({ path }) => path)).toEqual([
      join(directory, "1.csv"),
      join(directory, "b", "2.csv"),
    ]);
    expect(summary.kept).toBe(4);
  });

  it("may be a glob, a name with glob letters in it, and standard input", async () => {
    const data = copyOf(base, "names");
    const cwd = join(folder, "glob");
    write(join(cwd, "a1.csv"), dayFile(1, 0));
    write(join(cwd, "a2.csv"), dayFile(1, 1));
    write(join(cwd, "b[1].csv"), dayFile(1, 2));
    const globbed = await ingest(data, ["a*.csv", "b[1].csv"], { cwd });
    expect(globbed.files.map(({ path }) => path)).toEqual(["a1.csv", "a2.csv", "b[1].csv"]);
    const piped = await ingest(data, ["-"], { stdin: dayFile(4) });
    expect(piped).toMatchObject({ kept: 1, duplicate: 3 });
    expect(piped.files[0]?.path).toBe("-");
    expect(readdirSync(data).filter((name) => name.startsWith("stdin-"))).toEqual([]);
  });

  it("that leads to nothing fails by name, and the rest is read", async () => {
    const good = write(join(folder, "good.csv"), dayFile(3));
    const summary = await ingest(copyOf(base, "nothing"), [join(folder, "none.csv"), good], {
      code: 1,
    });
    expect(summary.kept).toBe(3);
    const failed = summary.files.filter(({ outcome }) => outcome === "failed");
    expect(failed).toMatchObject([{ path: join(folder, "none.csv") }]);
    expect(failed[0]?.problem).toContain("there is no such file or directory");
  });

  it.skipIf(process.getuid?.() === 0)(
    "that may not be read fails by name, and the files beside it are read",
    async () => {
      const directory = join(folder, "locked");
      chmodSync(write(join(directory, "1.csv"), dayFile(1)), 0);
      write(join(directory, "2.csv"), dayFile(2));
      const summary = await ingest(copyOf(base, "locked"), [directory], { code: 1 });
      expect(summary.kept).toBe(2);
    },
  );

  it("may be a named pipe", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const source = write(join(folder, "piped.csv"), dayFile(3));
    const summary = await ingest(copyOf(base, "pipe"), [pipe], {
      shell: `cat '${source}' > '${pipe}' & true`,
    });
    expect(summary).toMatchObject({ kept: 3 });
  });
});

describe("the same rows again", () => {
  it("count once when a file is named twice, and are known when it comes again", async () => {
    const data = copyOf(base, "again");
    const path = write(join(folder, "again.csv"), text([HEADER, row(0), "nonsense", row(1)]));
    const twice = await ingest(data, [path, path], { code: 3 });
    expect(twice).toMatchObject({ kept: 2 });
    const again = await ingest(data, [path]);
    expect(again.files[0]).toMatchObject({ outcome: "known", rows: 0 });
    const moved = await ingest(data, [
      write(join(folder, "moved", "other.csv"), text([HEADER, row(0), "nonsense", row(1)])),
    ]);
    expect(moved.files[0]).toMatchObject({ outcome: "known", rows: 0 });
    const { total } = await ask<{ total: object }>(["situation", "--data", data]);
    expect(total).toMatchObject({ victims: 2, observations: 2 });
    const { waiting } = await ask<{ waiting: number }>(["quarantine", "list", "--data", data]);
    expect(waiting).toBe(1);
  });

  it("of a file that grew count once, and its new rows are added", async () => {
    const data = copyOf(base, "grew");
    const path = write(join(folder, "grew.csv"), dayFile(3));
    expect(await ingest(data, [path])).toMatchObject({ kept: 3 });
    appendFileSync(path, text([row(3), row(4)]));
    expect(await ingest(data, [path])).toMatchObject({ kept: 2, duplicate: 3 });
  });

  it("of two feeds are each told by both, and a victim counts once", async () => {
    const data = copyOf(base, "feeds");
    const path = write(join(folder, "feeds.csv"), dayFile(3));
    expect(await ingest(data, [path], { with: ["--feed", "north"] })).toMatchObject({ kept: 3 });
    expect(await ingest(data, [path], { with: ["--feed", "south"] })).toMatchObject({ kept: 3 });
    const situation = await ask<{ total: object; basis: { feeds: { name: string }[] } }>([
      "situation",
      "--data",
      data,
    ]);
    expect(situation.total).toMatchObject({ victims: 3 });
    expect(situation.basis.feeds.map(({ name }) => name)).toEqual(["north", "south"]);
  });
});

describe("an ingest", () => {
  it("that is a dry run tells the same and stores nothing", async () => {
    const data = copyOf(base, "dry");
    const listed = (): Set<unknown> =>
      new Set(
        readdirSync(data, { recursive: true }).filter((name) => !String(name).startsWith("cache")),
      );
    const before = listed();
    const path = write(join(folder, "dry.csv"), text([HEADER, row(0), "nonsense", row(1)]));
    const summary = await ingest(data, [path], { code: 3, with: ["--dry-run"] });
    expect(summary).toMatchObject({ dryRun: true, rows: 3, kept: 2, refused: 1 });
    expect(listed()).toEqual(before);
  });

  it("reads a file by the format that it is told, or says which there are", async () => {
    const data = copyOf(base, "format");
    const path = write(join(folder, "format.csv"), dayFile(2));
    const forced = await ingest(data, [path], { with: ["--format", "replay"] });
    expect(forced.files[0]).toMatchObject({ format: "replay", kept: 2 });
    const wrong = await ingest(data, [path], { code: 1, with: ["--format", "threatfox"] });
    expect(wrong.files[0]).toMatchObject({ outcome: "failed" });
    const { code, stderr } = await run(["ingest", path, "--format", "morse", "--data", data]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/there is no format "morse"; known: .*replay/);
  });

  it("before init says what to do, and after it the country is what the table says", async () => {
    const path = write(join(folder, "before.csv"), dayFile(2));
    const { code, stderr } = await run(["ingest", path, "--data", join(folder, "unset")]);
    expect(code).toBe(1);
    expect(stderr).toContain("tocsin init");
  });
});

const MAPPING = (time: string): string => `
home: [CN]
allowReserved: [192.0.2.0/24, 198.51.100.0/24]
csvMappings:
  - name: sensors
    columns: { time: ${time}, victim: sensor, origin: attacker }
    kind: infected-system
`;

describe("the quarantine", () => {
  it("gives rows back when the mapping has been mended, once", async () => {
    const data = copyOf(base, "mended");
    write(join(data, "tocsin.yaml"), MAPPING("[seen]"));
    const path = write(
      join(folder, "sensors.csv"),
      text([
        "seen,logged,sensor,attacker",
        "2013-01-05 10:00:00,2013-01-05 10:00:01,192.0.2.1,198.51.100.7",
        ",2013-01-05 10:00:02,192.0.2.2,198.51.100.7",
        ",,192.0.2.3,198.51.100.7",
      ]),
    );
    expect(await ingest(data, [path], { code: 3 })).toMatchObject({ kept: 1, refused: 2 });
    const options = ["--data", data];
    const { first, waiting } = await ask<{ waiting: number; first: { id: string }[] }>([
      "quarantine",
      "list",
      ...options,
    ]);
    expect(waiting).toBe(2);
    const shown = await ask<{ raw: string; line: number; path: string }>([
      "quarantine",
      "show",
      first[0]!.id,
      ...options,
    ]);
    expect(shown).toMatchObject({
      line: 3,
      path,
      raw: ",2013-01-05 10:00:02,192.0.2.2,198.51.100.7",
    });
    expect(await ask(["quarantine", "retry", ...options], { code: 3 })).toEqual({
      tried: 2,
      taken: 0,
    });
    write(join(data, "tocsin.yaml"), MAPPING("[seen, logged]"));
    expect(await ask(["quarantine", "retry", ...options], { code: 3 })).toEqual({
      tried: 2,
      taken: 1,
    });
    expect(await ask(["quarantine", "retry", ...options], { code: 3 })).toEqual({
      tried: 1,
      taken: 0,
    });
    const { total } = await ask<{ total: object }>(["situation", ...options]);
    expect(total).toMatchObject({ victims: 2, observations: 2 });
    const unknown = await run(["quarantine", "show", "9-9", ...options]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("no refused row has the id 9-9");
  });
});

describe("a disk that is full", () => {
  it("ends the ingest with a message, what was stored before stays, and with space the same command goes on", async () => {
    const data = copyOf(base, "full");
    const before = write(join(folder, "before-full.csv"), dayFile(3));
    expect(await ingest(data, [before])).toMatchObject({ kept: 3 });
    const rows = Array.from({ length: 40_000 }, (_, i) =>
      row(i, {
        family: `family-${i}`,
        timestamp: `2013-01-${String(1 + (i % 28)).padStart(2, "0")}T10:00:00Z`,
      }),
    );
    const large = write(join(folder, "large.csv"), text([HEADER, ...rows]));
    // No file may grow beyond 3 MB (in blocks of 512 bytes): what a write then meets is the same as a full disk.
    const { code, stderr } = await run(["ingest", large, "--data", data], {
      shell: "trap '' XFSZ; ulimit -f 6000",
    });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain("the rows stored before are safe");
    const kept = await ask<{ total: object }>(["situation", "--data", data]);
    expect(kept.total).toMatchObject({ observations: 3 });
    expect(await ingest(data, [large])).toMatchObject({ rows: 40_000, kept: 40_000 });
  });
});
