import type { FeedFormat } from "../app/ports.ts";
import { c2Tracker } from "./c2-tracker/index.ts";
import { type CsvMapping, makeGenericCsv } from "./generic-csv/index.ts";
import { listFormats, plainLists } from "./list-formats.ts";
import { replay } from "./replay/index.ts";
import { shadowserver } from "./shadowserver/index.ts";
import { threatfox } from "./threatfox/index.ts";

export type { CsvMapping } from "./generic-csv/index.ts";
export { recogniseFormat } from "./recognise.ts";

/** Every format, in the order in which they are tried: the operator's own come after those of publishers, as they may fit many a file; plain lists come last. */
export function feedFormats(csvMappings: readonly CsvMapping[]): readonly FeedFormat[] {
  const own = csvMappings.map(makeGenericCsv);
  return [replay, threatfox, c2Tracker, shadowserver, ...listFormats, ...own, ...plainLists];
}
