import type { FeedFormat } from "../app/ports.ts";
import { arf } from "./arf/index.ts";
import { c2Tracker } from "./c2-tracker/index.ts";
import { type CsvMapping, makeGenericCsv } from "./generic-csv/index.ts";
import { misp } from "./misp/index.ts";
import { replay } from "./replay/index.ts";
import { shadowserver } from "./shadowserver/index.ts";
import { stix } from "./stix/index.ts";
import { threatfox } from "./threatfox/index.ts";
import { xarf } from "./xarf/index.ts";

export type { CsvMapping } from "./generic-csv/index.ts";
export { recogniseFormat } from "./recognise.ts";

/** Every format, in the order in which they are tried: the operator's own come last, as they may fit many a file. */
export function feedFormats(csvMappings: readonly CsvMapping[]): readonly FeedFormat[] {
  const documents = [stix, misp, xarf, arf];
  return [
    replay,
    threatfox,
    c2Tracker,
    shadowserver,
    ...documents,
    ...csvMappings.map(makeGenericCsv),
  ];
}
