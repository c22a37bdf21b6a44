import type { FeedFormat } from "../../app/ports.ts";
import { withPages } from "../shared/page/index.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { hasPlainTime, isPlain } from "./plain.ts";
import { makePlainCsv } from "./plain-csv.ts";
import { isWide, makeWideCsv } from "./wide-csv.ts";

export type { CsvMapping } from "./csv-mapping.ts";

/**
 * A format of the operator's own: CSV files whose columns the configuration maps. The fast reader takes what it can; a file whose times
 * it cannot read, and a configuration that asks for more, have the other.
 */
export function makeGenericCsv(config: CsvMapping): FeedFormat {
  return withPages(makeCsv(config));
}

function makeCsv(config: CsvMapping): FeedFormat {
  const title = `CSV as the configuration maps it: ${config.name}`;
  const wide = makeWideCsv(config, title);
  if (!isPlain(config)) return wide;
  const plain = makePlainCsv(config, title);
  return {
    ...plain,
    recognise(sample) {
      const reading = plain.recognise(sample);
      return reading && hasPlainTime(config, sample, reading) ? reading : wide.recognise(sample);
    },
    open: (reading) => (isWide(reading) ? wide : plain).open(reading),
  };
}
