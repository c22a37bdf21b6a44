/** Task: reads a file into columns again and again: scan, parse, locate; nothing is stored. */
import { listFiles } from "#tocsin/collect/files/index.js";
import { feedFormats, recogniseFormat } from "#tocsin/feeds/index.js";
import { makeIntake } from "#tocsin/intake-worker.js";
import { measure } from "../shared/measure.ts";
import { openLocation, setUpIntake } from "../shared/tocsin.ts";

/** What to read. */
export interface ScanOrder {
  readonly path: string;
  readonly location: string;
  readonly dir: string;
}

/** What was read, in one round, and how fast. */
export interface ScanOutcome {
  readonly rows: number;
  readonly refused: number;
  readonly bytes: number;
  readonly rowsPerCpuSecond: number;
}

const WARM_UPS = 1;
const LEAST_ROWS = 3_000_000;

/** Reads the whole file into memory first, unpacked. */
export async function run({ path, location, dir }: ScanOrder): Promise<ScanOutcome> {
  const read = makeIntake(await setUpIntake(await openLocation(location, dir)));
  const [file] = (await listFiles([path], { stdin: process.stdin, dir })).files;
  const sample = { ...(await file!.sample()), takenAt: "2024-03-01T00:00:00Z" };
  const found = recogniseFormat(feedFormats([]), sample)!;
  const { reading } = found;
  const blocks: Uint8Array[] = [];
  for await (const block of file!.blocks(reading.skip.bytes, reading.whole))
    blocks.push(block.bytes);
  const readAll = (): { rows: number; refused: number } => {
    let rows = 0;
    let refused = 0;
    for (const block of blocks) {
      const columns = read(reading, block);
      rows += columns.rows;
      refused += columns.refusals.count;
    }
    return { rows, refused };
  };
  let once = readAll();
  for (let round = 0; round < WARM_UPS; round++) once = readAll();
  const all = once.rows + once.refused;
  const rounds = Math.ceil(LEAST_ROWS / all);
  const { cost } = await measure(() => {
    for (let round = 0; round < rounds; round++) readAll();
  });
  const bytes = blocks.reduce((sum, block) => sum + block.length, 0);
  return { ...once, bytes, rowsPerCpuSecond: (rounds * all) / cost.cpuSeconds };
}
