import { z } from "zod";
import { From } from "./from/index.ts";
import { TlpLabel } from "./values.ts";

/** When a feed is collected. */
const Schedule = z.union(
  [
    /** So many minutes after the last run. */
    z.strictObject({ everyMinutes: z.number().min(0.1).max(525_600) }),
    /** A cron pattern in a time zone of the IANA data base, such as Europe/Oslo. */
    z.strictObject({ cron: z.string().min(1), timeZone: z.string().min(1).default("UTC") }),
  ],
  { error: "must have everyMinutes, or cron with a timeZone" },
);

/** What a provider looks at. */
const observers = [
  "sinkhole",
  "honeypot",
  "darknet",
  "scan",
  "crawl",
  "sandbox",
  "spamtrap",
  "sensor",
  "report",
] as const;

/** Who a feed is from, and what may be done with it. */
const About = z.strictObject({
  provider: z.string().min(1).exactOptional(),
  /** SPDX, or in words. */
  licence: z.string().min(1).exactOptional(),
  /** How far what it says is to be believed, 0 to 100. */
  confidence: z.int().min(0).max(100).exactOptional(),
  /** How its provider comes to know. */
  observes: z.array(z.enum(observers)).exactOptional(),
  /**
   * To whom it may be passed on: `anyone`; `non-commercial`: anyone who does not sell it; `concerned`: whom a row concerns, its own
   * rows only; `nobody`.
   */
  sharing: z.enum(["anyone", "non-commercial", "concerned", "nobody"]).exactOptional(),
  /** Where it is documented. */
  documentation: z.string().min(1).exactOptional(),
});

/** What is known of a feed besides its files. */
export const Feed = z.strictObject({
  /** Name of the format; `auto` looks at each file. */
  format: z.string().min(1).default("auto"),
  about: About.exactOptional(),
  /** TLP of rows that say nothing else; the format's own if absent. */
  tlp: TlpLabel.exactOptional(),
  /** No more than so many days go by without any; absent: as the schedule says, else as it usually comes. */
  expectEveryDays: z.int().min(1).max(3660).exactOptional(),
  /** No more than so many hours, of a feed that comes more often than daily; absent: as a cron pattern says. */
  expectEveryHours: z.number().min(0.1).max(24).exactOptional(),
  /** Where `tocsin collect` takes it from; absent: it is ingested by hand. */
  from: From.exactOptional(),
  /** `false`: `tocsin collect` leaves it alone for the time being. */
  enabled: z.boolean().default(true),
  /** Absent: every 60 minutes. A file is expected whenever a cron pattern says. */
  schedule: Schedule.exactOptional(),
  /** P1 is the most urgent: it waits for no other. */
  priority: z.enum(["P1", "P2", "P3", "P4"]).default("P3"),
  /** How long collected files are kept after they were ingested. */
  keepDays: z.number().min(0).max(36_600).default(7),
  /** Files keep the name of their format and type, such as `shadowserver.event4_sinkhole`, in place of the feed's. */
  splitByType: z.boolean().default(false),
});
export type Feed = z.output<typeof Feed>;
