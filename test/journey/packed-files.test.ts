import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import zlib, { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { copyOf, ingest, initialise, run, temporaryFolder, write } from "./program.ts";
import { dayFile, HEADER, row, text } from "./rows.ts";
import { zipFile } from "./zip-file.ts";

const folder = temporaryFolder();
const base = join(folder, "base");
beforeAll(() => initialise(base));

const has = (tool: string): boolean => spawnSync(tool, ["--version"]).status === 0;
const zstdHere = "createZstdDecompress" in zlib;

describe("a packed file", () => {
  it("is told by its content, and is the same file as its plain twin", async () => {
    const data = copyOf(base, "twins");
    const plain = write(join(folder, "plain.csv"), dayFile(5));
    const gzip = write(join(folder, "named-wrongly.csv"), gzipSync(dayFile(5)));
    expect(await ingest(data, [plain])).toMatchObject({ kept: 5 });
    expect(await ingest(data, [gzip])).toMatchObject({ kept: 0, refused: 0 });
    const twice = Buffer.concat([gzipSync(dayFile(5)), gzipSync(text([row(7), row(8)]))]);
    const members = write(join(folder, "two-members.csv.gz"), twice);
    expect(await ingest(data, [members])).toMatchObject({ kept: 2, duplicate: 5 });
  });

  it.each(["bzip2", "xz"].filter(has))("may be packed with %s", async (tool) => {
    const packed = execFileSync(tool, ["-c"], { input: dayFile(50) });
    const path = write(join(folder, `packed.csv.${tool}`), packed);
    expect(await ingest(copyOf(base, tool), [path])).toMatchObject({ kept: 50, refused: 0 });
    const cut = write(join(folder, `cut.csv.${tool}`), packed.subarray(0, packed.length - 20));
    const { files } = await ingest(copyOf(base, `cut-${tool}`), [cut], { code: 1 });
    expect(files[0]).toMatchObject({ outcome: "failed" });
    expect(files[0]?.problem).toMatch(/cut short or damaged/);
  });

  it.skipIf(!has("zstd"))(
    "may be packed with zstd where Node can, and else is told how to unpack it",
    async () => {
      const path = write(
        join(folder, "packed.csv.zst"),
        execFileSync("zstd", ["-c"], { input: dayFile(5) }),
      );
      const data = copyOf(base, "zstd");
      if (zstdHere) expect(await ingest(data, [path])).toMatchObject({ kept: 5 });
      else {
        const { code, stdout } = await run(["ingest", path, "--data", data]);
        expect(code).toBe(1);
        expect(stdout).toContain("zstd, which needs Node 22.15 or newer");
      }
    },
  );

  it("that ends before its end keeps the rows before that, says so, and the whole file adds the rest once", async () => {
    const data = copyOf(base, "truncated");
    const lines = Array.from({ length: 30_000 }, (_, i) => (i === 10 ? "nonsense" : row(i)));
    const whole = gzipSync(text([HEADER, ...lines]));
    const path = write(join(folder, "truncated.csv.gz"), whole.subarray(0, whole.length >> 1));
    const cut = await ingest(data, [path], { code: 1 });
    expect(cut.files[0]).toMatchObject({ outcome: "failed" });
    expect(cut.files[0]?.problem).toContain("the gzip data is cut short or damaged");
    expect(cut.kept).toBeGreaterThan(1_000);
    expect(cut.kept).toBeLessThan(29_999);
    write(path, whole);
    const rest = await ingest(data, [path], { code: 3 });
    expect(rest.kept + cut.kept).toBe(29_999);
    const { stdout } = await run(["quarantine", "list", "--json", "--data", data]);
    const { waiting } = JSON.parse(stdout) as { waiting: number };
    expect(waiting).toBe(2);
  });

  it("with damage in the middle does not hold up the files after it", async () => {
    const packed = gzipSync(dayFile(200));
    packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 20);
    const bad = write(join(folder, "damaged", "1.csv.gz"), packed);
    write(join(folder, "damaged", "2.csv"), dayFile(5, 205));
    const summary = await ingest(copyOf(base, "damaged"), [join(folder, "damaged")], { code: 1 });
    expect(summary.files.map(({ outcome }) => outcome)).toEqual(["failed", "stored"]);
    expect(summary.files[0]?.path).toBe(bad);
    expect(summary.files[1]?.kept).toBe(5);
  });
});

describe("a zip archive", () => {
  it("may have several members, each a file of its own", async () => {
    const data = copyOf(base, "zip");
    const path = write(
      join(folder, "two.zip"),
      zipFile([
        ["one.csv", Buffer.from(dayFile(5))],
        ["notes.txt", Buffer.from("nothing of interest\n")],
        ["deep/two.csv", Buffer.from(dayFile(5, 5))],
      ]),
    );
    const summary = await ingest(data, [path], { code: 1 });
    expect(summary.files.map((file) => [file.path, file.outcome, file.kept])).toEqual([
      [`${path}!one.csv`, "stored", 5],
      [`${path}!notes.txt`, "failed", 0],
      [`${path}!deep/two.csv`, "stored", 5],
    ]);
    const again = await ingest(data, [path], { code: 1 });
    expect(again).toMatchObject({ rows: 0, kept: 0 });
  });

  it("may have more members than the process may have files open", async () => {
    const members = Array.from(
      { length: 300 },
      (_, i) => [`${i}.csv`, Buffer.from(dayFile(1, i))] as const,
    );
    const path = write(join(folder, "many.zip"), zipFile(members));
    const summary = await ingest(copyOf(base, "many"), [path], { shell: "ulimit -n 200" });
    expect(summary).toMatchObject({ kept: 300 });
  });

  it("may have packed members, and archives in it, told by content", async () => {
    const inner = zipFile([["deep.csv.gz", gzipSync(dayFile(2, 10))]]);
    const path = write(
      join(folder, "nested.zip"),
      zipFile([
        ["one.csv.gz", gzipSync(dayFile(5))],
        ["twice.gz", gzipSync(gzipSync(dayFile(3, 5)))],
        ["inner.zip", inner],
        ["no.zip", Buffer.from(dayFile(1, 12))],
      ]),
    );
    const data = copyOf(base, "nested");
    const summary = await ingest(data, [path]);
    expect(summary.files.map((file) => [file.path, file.kept])).toEqual([
      [`${path}!one.csv.gz`, 5],
      [`${path}!twice.gz`, 3],
      [`${path}!inner.zip!deep.csv.gz`, 2],
      [`${path}!no.zip`, 1],
    ]);
    expect(await ingest(data, [path])).toMatchObject({ rows: 0 });
  });

  it("may not be packed over and over, which costs that member only", async () => {
    let gzip = Buffer.from(dayFile(1));
    for (let i = 0; i < 6; i++) gzip = gzipSync(gzip);
    let zip = zipFile([["a.csv", Buffer.from(dayFile(1))]]);
    for (let i = 0; i < 4; i++) zip = zipFile([["a.zip", zip]]);
    const members = [
      ["a.gz", gzip],
      ["b.zip", zip],
      ["c.csv", Buffer.from(dayFile(5))],
    ] as const;
    const path = write(join(folder, "deep.zip"), zipFile(members));
    const summary = await ingest(copyOf(base, "deep"), [path], { code: 1 });
    expect(summary.files.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "stored"]);
    expect(summary.files[0]?.problem).toContain("packed more than");
    expect(summary.files[1]?.problem).toContain("deep");
    expect(summary).toMatchObject({ kept: 5 });
  });

  it("with a member whose name leads out of it loses that member only", async () => {
    const members = [
      ["../out.csv", Buffer.from(dayFile(1))],
      ["in.csv", Buffer.from(dayFile(5))],
      ["/root.csv", Buffer.from(dayFile(1))],
    ] as const;
    const path = write(join(folder, "out.zip"), zipFile(members));
    const summary = await ingest(copyOf(base, "out"), [path], { code: 1 });
    expect(summary.files.map(({ outcome }) => outcome)).toEqual(["failed", "stored", "failed"]);
    expect(summary.files[0]?.problem).toContain("../out.csv");
    expect(summary).toMatchObject({ kept: 5 });
  });

  it("that is broken fails by name, and the files beside it are kept", async () => {
    const whole = zipFile([["one.csv", Buffer.from(dayFile(5))]]);
    const paths = join(folder, "broken");
    write(join(paths, "1-cut.zip"), whole.subarray(0, whole.length - 30));
    write(join(paths, "2-good.csv"), dayFile(5));
    const summary = await ingest(copyOf(base, "broken"), [paths], { code: 1 });
    expect(summary).toMatchObject({ kept: 5 });
    const failed = summary.files.filter(({ outcome }) => outcome === "failed");
    expect(failed.map(({ path }) => path)).toEqual([join(paths, "1-cut.zip")]);
    expect(failed[0]?.problem).toContain("zip");
  });

  it("whose member unpacks to a thousand times its size is streamed in bounded memory", async () => {
    const bomb = Buffer.alloc(100 << 20, "x");
    bomb.write(`${HEADER}\n${row(1)}\n`);
    const path = write(join(folder, "bomb.zip"), zipFile([["bomb.csv", bomb]]));
    const summary = await ingest(copyOf(base, "bomb"), [path], {
      code: 3,
      shell: "ulimit -v 33554432",
    });
    expect(summary).toMatchObject({ kept: 1, refused: 1, reasons: { "line-too-long": 1 } });
  });
});
