import type { FeedFormat, Reading, Sample } from "../app/ports.ts";

/** A format that takes a file, and how it reads it. */
export interface Recognised {
  readonly format: FeedFormat;
  readonly reading: Reading;
}

/** The first format that takes the file or, if one is wanted by name, that one if it takes it. */
export function recogniseFormat(
  formats: readonly FeedFormat[],
  sample: Sample,
  wanted?: string,
): Recognised | undefined {
  for (const format of formats) {
    if (wanted !== undefined && format.name !== wanted) continue;
    const reading = format.recognise(wanted === undefined ? sample : { ...sample, wanted: true });
    if (reading !== undefined) return { format, reading };
  }
  return undefined;
}
