import { z } from "zod";
import { Alerting, Cases } from "./alerting.ts";
import { CsvMapping } from "./csv-mapping.ts";
import { Feed } from "./feed.ts";
import { Cidr, Country, Name, Path } from "./values.ts";

/** What an operator writes in `tocsin.yaml`. */
export const Config = z.strictObject({
  /** The countries and regions that are home; everything else is abroad. */
  home: z.array(Country).min(1),
  location: z
    .strictObject({
      /** Country tables in order; none: the imported table, else the starter table. */
      countryTables: z.array(Path).default([]),
      asnTables: z.array(Path).default([]),
    })
    .prefault({}),
  /** Reserved networks that count nevertheless, such as the replay's 240.0.0.0/4. */
  allowReserved: z.array(Cidr).default([]),
  /** CSV lists of hosts with their sector; they win over the suffix lists. */
  sectorLists: z.array(Path).default([]),
  /** Lists of networks that are set aside, one CIDR a line. */
  warningLists: z.array(Path).default([]),
  feeds: z.record(Name, Feed).default({}),
  /** Bounds of `tocsin collect`. */
  collect: z
    .strictObject({
      /** Bytes that may wait for ingest; collecting waits when there are more. */
      spoolBytes: z
        .int()
        .min(1)
        .default(2 ** 32),
      /** Fetches at one time. */
      fetches: z.int().min(1).max(256).default(8),
    })
    .prefault({}),
  cases: Cases.prefault({}),
  /** How alerts are written, sent and answered. Absent: alerts are drafted and kept, and nothing can leave. */
  alerting: Alerting.exactOptional(),
  csvMappings: z.array(CsvMapping).default([]),
  /** Worker threads that read files; absent: as many as there are processors. */
  jobs: z.int().min(1).max(256).exactOptional(),
  /** Language of the program's output; absent: the terminal's. */
  language: z.enum(["en", "zh"]).exactOptional(),
});
export type Config = z.output<typeof Config>;

/** What counts before `tocsin init`: every default, and no home. */
export const unsetConfig: Config = { ...Config.parse({ home: ["CN"] }), home: [] };
