import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RefusalReason } from "../../src/core/observation/index.ts";
import { ask, copyOf, ingest, initialise, run, temporaryFolder, write } from "./program.ts";
import { dayFile, HEADER, row, text } from "./rows.ts";

const folder = temporaryFolder();
const base = join(folder, "base");
beforeAll(() => initialise(base));

/** One bad line between two good ones. */
interface BadRow {
  readonly what: string;
  readonly line: string | Uint8Array;
  readonly reason: RefusalReason;
}

const BAD: readonly BadRow[] = [
  { what: "a NUL byte", line: row(2, { family: "vi\0rut" }), reason: "nul-byte" },
  {
    what: "text after a closing quote",
    line: row(2, { family: '"vi"rut' }),
    reason: "quote-misplaced",
  },
  {
    what: "a quote that never closes",
    line: row(2, { family: '"virut' }),
    reason: "quote-misplaced",
  },
  { what: "a missing column", line: row(2).replace(/,1$/, ""), reason: "columns-missing" },
  { what: "an extra column", line: `${row(2)},more`, reason: "columns-extra" },
  {
    what: "the 30th of February",
    line: row(2, { timestamp: "2013-02-30T10:00:00Z" }),
    reason: "time-invalid",
  },
  {
    what: "the 29th of February of a common year",
    line: row(2, { timestamp: "2013-02-29T10:00:00Z" }),
    reason: "time-invalid",
  },
  {
    what: "the hour 25",
    line: row(2, { timestamp: "2013-02-01T25:00:00Z" }),
    reason: "time-invalid",
  },
  {
    what: "a time that has not come",
    line: row(2, { timestamp: "2913-02-01T10:00:00Z" }),
    reason: "time-impossible",
  },
  { what: "no time", line: row(2, { timestamp: "" }), reason: "time-invalid" },
  { what: "a victim 0.0.0.0", line: row(2, { victim_ip: "0.0.0.0" }), reason: "address-invalid" },
  { what: "an origin ::", line: row(2, { origin_ip: "::" }), reason: "address-invalid" },
  {
    what: "an address with a leading zero",
    line: row(2, { victim_ip: "192.0.02.3" }),
    reason: "address-invalid",
  },
  {
    what: "an octet of 256",
    line: row(2, { victim_ip: "192.0.2.256" }),
    reason: "address-invalid",
  },
  {
    what: "no address at all",
    line: row(2, { victim_ip: "", origin_ip: "" }),
    reason: "address-missing",
  },
  { what: "a port above 65535", line: row(2, { origin_port: "65536" }), reason: "field-invalid" },
  {
    what: "Latin-1 in a text",
    line: Buffer.from(row(2, { family: "vir\u00fcs" }), "latin1"),
    reason: "encoding-invalid",
  },
];

describe("a row that is wrong in a file that is right", () => {
  it("is refused with its reason and line, waits in the quarantine as it came, and the rows around it are kept", async () => {
    const data = copyOf(base, "rows");
    const paths = BAD.map(({ line }, i) =>
      write(
        join(folder, "bad-rows", `${String(i).padStart(2, "0")}.csv`),
        Buffer.concat([
          Buffer.from(text([HEADER, row(3 * i + 0)])),
          Buffer.from(line),
          Buffer.from(`\n${text([row(3 * i + 1), row(3 * i + 2)])}`),
        ]),
      ),
    );
    const summary = await ingest(data, paths, { code: 3 });
    for (const [i, { what }] of BAD.entries())
      expect({ what, ...summary.files[i] }).toMatchObject({
        what,
        outcome: "stored",
        rows: 4,
        kept: 3,
        refused: 1,
        duplicate: 0,
      });
    expect(summary).toMatchObject({ kept: 3 * BAD.length, refused: BAD.length });
    const listed = await ask<{
      waiting: number;
      summary: { path: string; reason: string }[];
      first: { path: string; line: number; reason: string; raw: string }[];
    }>(["quarantine", "list", "--data", data]);
    expect(listed.waiting).toBe(BAD.length);
    const reasonOf = new Map(listed.summary.map(({ path, reason }) => [path, reason]));
    for (const [i, { what, reason }] of BAD.entries())
      expect({ what, reason: reasonOf.get(paths[i]!) }).toEqual({ what, reason });
    expect(listed.first.every(({ line }) => line === 3)).toBe(true);
  });

  it("is told to people with file and line, and the exit code is 3", async () => {
    const data = copyOf(base, "told");
    const path = write(join(folder, "told.csv"), text([HEADER, row(1), "nonsense", row(2)]));
    const { code, stdout } = await run(["ingest", path, "--data", data]);
    expect(code).toBe(3);
    expect(stdout).toContain(`${path}:3`);
    expect(stdout).toContain("too few columns");
    expect(stdout).toContain("tocsin quarantine list");
    const chinese = await run(["ingest", path, "--data", copyOf(base, "told-zh"), "--lang", "zh"]);
    expect(chinese.code).toBe(3);
    expect(chinese.stdout).toMatch(/\p{Script=Han}/u);
  });

  it("can be an IPv4-mapped IPv6 address: that is the IPv4 address", async () => {
    const data = copyOf(base, "mapped");
    const path = write(
      join(folder, "mapped.csv"),
      text([HEADER, row(1, { victim_ip: "::ffff:192.0.2.9" }), row(2, { victim_ip: "192.0.2.9" })]),
    );
    expect(await ingest(data, [path])).toMatchObject({ kept: 2, refused: 0 });
    const situation = await ask<{ total: object }>(["situation", "--data", data]);
    expect(situation.total).toMatchObject({ victims: 1, origins: 1 });
  });

  it("may be quoted over two lines if its quotes close", async () => {
    const data = copyOf(base, "two-lines");
    const path = write(
      join(folder, "two-lines.csv"),
      text([HEADER, row(1, { family: '"vi\nrut"' }), row(2)]),
    );
    expect(await ingest(data, [path])).toMatchObject({ kept: 2, refused: 0 });
  });
});

describe("a file that is odd as a whole", () => {
  it("may mix CRLF, LF and CR", async () => {
    const data = copyOf(base, "ends");
    const lines = [HEADER, row(0), row(1), row(2), row(3), row(4)];
    const ends = ["\r\n", "\n", "\r", "\r", "\r\n", ""];
    const path = write(join(folder, "ends.csv"), lines.map((line, i) => line + ends[i]).join(""));
    expect(await ingest(data, [path])).toMatchObject({ kept: 5, refused: 0 });
  });

  it("may have only CR, with many more rows than a block holds", async () => {
    const data = copyOf(base, "only-cr");
    const rows = Array.from({ length: 60_000 }, (_, i) => row(i));
    const path = write(join(folder, "only-cr.csv"), text([HEADER, ...rows], "\r"));
    expect(await ingest(data, [path])).toMatchObject({ rows: 60_000, kept: 60_000, refused: 0 });
  });

  it("may begin with a byte order mark", async () => {
    const path = write(join(folder, "bom.csv"), `\uFEFF${dayFile(3)}`);
    expect(await ingest(copyOf(base, "bom"), [path])).toMatchObject({ kept: 3, refused: 0 });
  });

  it("in UTF-16 is refused with a message that says so", async () => {
    for (const [name, bytes] of [
      ["utf-16le.csv", Buffer.from(`\uFEFF${dayFile(3)}`, "utf16le")],
      ["utf-16be.csv", Buffer.from(`\uFEFF${dayFile(3)}`, "utf16le").swap16()],
    ] as const) {
      const path = write(join(folder, name), bytes);
      const { files } = await ingest(copyOf(base, `data-${name}`), [path], { code: 1 });
      expect(files[0]).toMatchObject({ outcome: "failed", kept: 0 });
      expect(files[0]?.problem).toContain("UTF-16");
    }
  });

  it("may be empty, or hold nothing but its header", async () => {
    const paths = [
      write(join(folder, "empty.csv"), ""),
      write(join(folder, "header.csv"), `${HEADER}\n`),
    ];
    const data = copyOf(base, "empty");
    const summary = await ingest(data, paths);
    expect(summary.files.map(({ outcome }) => outcome)).toEqual(["empty", "stored"]);
    expect(summary).toMatchObject({ rows: 0, kept: 0, refused: 0 });
    const again = await ingest(data, paths);
    expect(again.files.map(({ outcome }) => outcome)).toEqual(["empty", "known"]);
  });

  it("with more columns than are read is told so", async () => {
    const header = Array.from({ length: 5000 }, (_, i) => `c${i}`).join(",");
    const path = write(join(folder, "wide.csv"), text([header, header]));
    const { files } = await ingest(copyOf(base, "wide"), [path], { code: 1 });
    expect(files[0]?.problem).toContain("5000 columns or more, and at most 4096 are read");
  });

  it("that is no feed fails by name, and the others are kept", async () => {
    const notes = write(join(folder, "notes.txt"), "Dear colleagues,\nplease find attached.\n");
    const image = write(join(folder, "image.png"), Buffer.from("89504e470d0a1a0a0000", "hex"));
    const good = write(join(folder, "beside.csv"), dayFile(3));
    const summary = await ingest(copyOf(base, "no-feed"), [notes, good, image], { code: 1 });
    expect(summary.files.map(({ outcome }) => outcome)).toEqual(["failed", "stored", "failed"]);
    expect(summary.files[0]?.problem).toContain(`${notes}: no format takes this file`);
    expect(summary.files[0]?.problem).toContain("csvMappings");
    expect(summary.kept).toBe(3);
  });

  it("may have a line of 100 MB: that line is refused, cut short in the quarantine, and the rest is kept", async () => {
    const data = copyOf(base, "long-line");
    const path = write(
      join(folder, "long-line.csv"),
      Buffer.concat([
        Buffer.from(text([HEADER, row(0)])),
        Buffer.alloc(100 << 20, "x"),
        Buffer.from(`\n${text([row(1), "nonsense", row(2)])}`),
      ]),
    );
    const summary = await ingest(data, [path], { code: 3 });
    expect(summary).toMatchObject({ kept: 3, refused: 2 });
    expect(summary.reasons).toEqual({ "line-too-long": 1, "columns-missing": 1 });
    expect(summary.samples.map(({ line }) => line)).toEqual([3, 5]);
    const { first } = await ask<{ first: { raw: string }[] }>([
      "quarantine",
      "list",
      "--data",
      data,
    ]);
    expect(Math.max(...first.map(({ raw }) => raw.length))).toBeLessThan(1 << 20);
  });

  it("may end in such a line, and is known when it comes again", async () => {
    const data = copyOf(base, "long-end");
    const path = write(
      join(folder, "long-end.csv"),
      Buffer.concat([Buffer.from(text([HEADER, row(0)])), Buffer.alloc(20 << 20, "x")]),
    );
    expect(await ingest(data, [path], { code: 3 })).toMatchObject({ kept: 1, refused: 1 });
    const again = await ingest(data, [path]);
    expect(again.files[0]).toMatchObject({ outcome: "known", rows: 0 });
  });

  it("may be a line of 100 MB and nothing else", async () => {
    const path = write(join(folder, "one-line.csv"), Buffer.alloc(100 << 20, "x"));
    const { files } = await ingest(copyOf(base, "one-line"), [path], { code: 1 });
    expect(files[0]).toMatchObject({ outcome: "failed", kept: 0 });
  });
});
