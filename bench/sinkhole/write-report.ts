/** Task: writes the sinkhole report and its location table. */
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { random } from "../shared/random.ts";
import { RowWriter, HEADER } from "./row-writer.ts";
import { DAYS, drawWorld, locationCsv } from "./world.ts";
import { CallsOfDay } from "./calls-of-day.ts";

/** What to write. */
export interface ReportOrder {
  readonly path: string;
  readonly locationPath: string;
  readonly rows: number;
  readonly seed: string;
}

/** How many rows there are for one bot: about three a day for each of its origins, on three days of the seven. */
const ROWS_A_BOT = 12.5;
const CHUNK = 4 << 20;

/** Writes the report; answers with its size in bytes. */
export function run({ path, locationPath, rows, seed }: ReportOrder): Promise<number> {
  const world = drawWorld(seed, Math.max(1, Math.round(rows / ROWS_A_BOT)));
  writeFileSync(locationPath, locationCsv(world));
  const next = random(`${seed}/rows`);
  const writer = new RowWriter(world, CHUNK);
  const file = openSync(path, "w");
  let bytes = writeSync(file, HEADER);
  let left = rows;
  for (let day = 0; day < DAYS; day++) {
    const wanted = Math.round(left / (DAYS - day));
    left -= wanted;
    for (const call of new CallsOfDay(wanted).drawn(world, next).delivered()) {
      writer.add(day, call);
      if (writer.used > CHUNK - 1024) bytes += flush(file, writer);
    }
  }
  bytes += flush(file, writer);
  closeSync(file);
  return Promise.resolve(bytes);
}

function flush(file: number, writer: RowWriter): number {
  const written = writeSync(file, writer.bytes, 0, writer.used);
  writer.used = 0;
  return written;
}
