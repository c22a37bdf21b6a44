import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { TriedFile } from "../../src/app/try-file.ts";
import { answers } from "../../src/cli/schemas/index.ts";
import { ask, initialise, run, temporaryFolder, write } from "./program.ts";
import { dayFile } from "./rows.ts";

const folder = temporaryFolder();
const data = join(folder, "data");
const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../src/feeds/${path}`, import.meta.url));
const events = fixture("intelmq/fixtures/events.jsonl");

beforeAll(() => initialise(data));

async function tryFile(path: string, code: number, ...more: string[]): Promise<TriedFile> {
  const answer: unknown = await ask(["feeds", "try", path, "--data", data, ...more], { code });
  const { files } = answers["feeds-try"].parse(answer);
  expect(files).toHaveLength(1);
  return files[0]!;
}

describe("tocsin feeds try", () => {
  it("shows each row as it would be stored, and the refused ones between them", async () => {
    const file = await tryFile(events, 3);
    expect(file).toMatchObject({
      format: "intelmq",
      mapping: "intelmq.event.1",
      read: { rows: 9, kept: 7, refused: 1, skipped: 1 },
      goesOn: false,
    });
    expect(
      file.rows.map(({ line, refused, skipped }) => refused?.reason ?? skipped?.reason ?? line),
    ).toEqual([1, 2, "address-invalid", 5, 6, 7, 8, "names-no-host", 10]);
    expect(file.rows[2]!.refused!.raw).toContain("192.0.2.999");
  });

  it("takes the feed's own word of where a side is before the location table's, and says which it is", async () => {
    const [bot, attack] = (await tryFile(events, 3)).rows.map(({ observation }) => observation!);
    expect(bot).toMatchObject({
      victimAsn: 64496,
      victimCountry: "NO",
      originAsn: 64497,
      originCountry: "US",
      protocol: "tcp",
      locatedBy: {
        victimAsn: "feed",
        victimCountry: "feed",
        originAsn: "table",
        originCountry: "feed",
      },
      extra: { "extra.tag": "sinkhole" },
    });
    expect(attack).toMatchObject({ originCountry: "DE", victimCountry: "CN", victimAsn: 64496 });
    expect(attack!.locatedBy).toMatchObject({ originAsn: "feed", victimAsn: "table" });
  });

  it("shows as many rows as are wanted, and says that there are more", async () => {
    const path = write(join(folder, "2013-01-05.csv"), dayFile(5));
    const file = await tryFile(path, 0, "--limit", "1");
    expect(file.rows).toHaveLength(1);
    expect(file.read.rows).toBeGreaterThan(1);
    const { stdout } = await run(["feeds", "try", path, "--limit", "1", "--data", data]);
    expect(stdout).toContain("The file goes on");
    expect(stdout).toContain("Nothing was stored.");
  });

  it("reads a document whole", async () => {
    const file = await tryFile(fixture("n6/fixtures/list.json"), 3);
    expect(file.rows.map(({ line }) => line)).toEqual([2, 14, 24]);
  });

  it("says which formats were tried, and what the file is, where none takes it", async () => {
    const path = write(join(folder, "odd.json"), '{"colour": "red", "size": [1, 2]}\n');
    const file = await tryFile(path, 1);
    expect(file.problem).toContain("tried: tocsin-csv, ");
    expect(file.problem).toContain("JSON with the members colour, size");
    expect(await tryFile(events, 1, "--format", "n6")).toMatchObject({
      problem: expect.stringContaining("tried: n6."),
    });
  });

  it("speaks Chinese", async () => {
    const { stdout } = await run(["feeds", "try", events, "--lang", "zh", "--data", data]);
    expect(stdout).toContain("拒绝：地址无效（address-invalid）");
  });
});
