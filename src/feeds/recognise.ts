import type { FeedFormat, Reading, Sample } from "../app/ports.ts";

/** A format that takes a file, and how it reads it. */
export interface Recognised {
  readonly format: FeedFormat;
  readonly reading: Reading;
}

function firstLook(format: FeedFormat, sample: Sample): Reading | undefined {
  return format.recognise(sample);
}

function lastLook(format: FeedFormat, sample: Sample): Reading | undefined {
  return format.lastly?.(sample);
}

/** The first format that takes the file or, if one is wanted by name, that one if it takes it. */
export function recogniseFormat(
  formats: readonly FeedFormat[],
  sample: Sample,
  wanted?: string,
): Recognised | undefined {
  const asked = wanted === undefined ? sample : { ...sample, wanted: true };
  const allowed = formats.filter(({ name }) => wanted === undefined || name === wanted);
  for (const recognise of [firstLook, lastLook])
    for (const format of allowed) {
      const reading = recognise(format, asked);
      if (reading !== undefined) return { format, reading };
    }
  return undefined;
}
