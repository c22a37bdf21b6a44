/**
 * Reading blocks into columns, here or on a worker thread. As a worker's main module it answers messages; imported, it gives
 * the same function to the caller's own thread.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { FeedFormat, Reading } from "./app/ports.ts";
import { ObservationBuilder, type ObservationColumns } from "./core/observation/index.ts";
import { type LocationTable, openLocator } from "./enrich/location/index.ts";
import { type HostDirectory, openHosts } from "./enrich/sector/index.ts";
import { type CsvMapping, feedFormats } from "./feeds/index.ts";

/** What a reader of blocks needs; plain data that can be sent to a thread. */
export interface IntakeSetup {
  readonly csvMappings: readonly CsvMapping[];
  readonly location: LocationTable;
  readonly hosts: HostDirectory;
  /** Event times at or after this (ms) are impossible. */
  readonly latest: number;
}

/** One block to read. */
export interface IntakeRequest {
  readonly id: number;
  readonly reading: Reading;
  readonly block: Uint8Array<ArrayBuffer>;
  /** The buffer of columns that are no longer needed. */
  readonly slab: ArrayBuffer | undefined;
}

/** The answer: columns, or what went wrong. */
export type IntakeAnswer =
  | { readonly id: number; readonly columns: ObservationColumns }
  | { readonly id: number; readonly error: unknown };

/** Bytes of a row, about, for the first size of the columns. */
const USUAL_ROW = 200;

/** Gives the function that reads one block. */
export function makeIntake(
  setup: IntakeSetup,
): (reading: Reading, block: Uint8Array, slab?: ArrayBuffer) => ObservationColumns {
  const formats = new Map<string, FeedFormat>(
    feedFormats(setup.csvMappings).map((format) => [format.name, format]),
  );
  const options = {
    locator: openLocator(setup.location),
    describeHost: openHosts(setup.hosts),
    latest: setup.latest,
  };
  let rowBytes = USUAL_ROW;
  return (reading, block, slab) => {
    const builder = new ObservationBuilder(options, Math.ceil(block.length / rowBytes), slab);
    const lines = formats.get(reading.format)!.open(reading).read(block, 1, builder);
    rowBytes = Math.max(1, (0.95 * block.length) / Math.max(1, lines));
    return builder.finish(lines);
  };
}

/** The buffers of columns, each once, to be handed over and not copied. */
function buffersOf(columns: ObservationColumns): ArrayBuffer[] {
  const { facets, texts, refusals, skips } = columns;
  const values = [columns, facets, texts, refusals, skips].flatMap((part): unknown[] =>
    Object.values(part),
  );
  const buffers = values.flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer] : []));
  return [...new Set(buffers as ArrayBuffer[])];
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const read = makeIntake(workerData as IntakeSetup);
  port.on("message", ({ id, reading, block, slab }: IntakeRequest) => {
    try {
      const columns = read(reading, block, slab);
      port.postMessage({ id, columns } satisfies IntakeAnswer, buffersOf(columns));
    } catch (error) {
      port.postMessage({ id, error } satisfies IntakeAnswer);
    }
  });
}
