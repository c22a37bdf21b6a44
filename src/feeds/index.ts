import type { FeedFormat } from "../app/ports.ts";
import { arf } from "./arf/index.ts";
import { c2Tracker } from "./c2-tracker/index.ts";
import { type CsvMapping, makeGenericCsv } from "./generic-csv/index.ts";
import { idea } from "./idea/index.ts";
import { intelmq } from "./intelmq/index.ts";
import { listFormats, plainLists } from "./list-formats.ts";
import { misp } from "./misp/index.ts";
import { n6 } from "./n6/index.ts";
import { replay } from "./replay/index.ts";
import { shadowserver } from "./shadowserver/index.ts";
import { stix } from "./stix/index.ts";
import { suricata } from "./suricata/index.ts";
import { threatfox } from "./threatfox/index.ts";
import { tocsinCsv, tocsinJsonl } from "./tocsin/index.ts";
import { xarf } from "./xarf/index.ts";

export type { CsvMapping } from "./generic-csv/index.ts";
export { recogniseFormat } from "./recognise.ts";

/** Every format, in the order in which they are tried: those that may fit many a file, the operator's own and plain lists, come last. */
export function feedFormats(csvMappings: readonly CsvMapping[]): readonly FeedFormat[] {
  const exported = [tocsinCsv, tocsinJsonl];
  const tables = [replay, threatfox, c2Tracker, shadowserver];
  const records = [intelmq, n6, idea, suricata];
  const documents = [stix, misp, xarf, arf];
  const own = csvMappings.map(makeGenericCsv);
  return [...exported, ...tables, ...records, ...documents, ...listFormats, ...own, ...plainLists];
}
