import { ByteLine } from "./byte-line.ts";
import { FILE_DAYS } from "./calendar.ts";
import type { DayFiles } from "./day-files.ts";
import type { Random, Streams } from "./random.ts";
import type { RowFormat, Sighting } from "./row-formats.ts";

/** Of 1000 events, 5 arrive late and 20 arrive twice: a quiet feed on a normal day. Assumptions. */
const LATE_PER_MILLE = 5;
const TWICE_PER_MILLE = 20;

/**
 * The feed between a sighting and the file: it numbers the event, gives it a second of its day, and delivers some
 * events one or two days late under their true time and some twice with the same number, the second copy in the same
 * day's file or in the next one's.
 */
export class Delivery {
  /** Rows written, copies included. */
  rows = 0;
  /** Rows that are the second copy of an event. */
  duplicates = 0;
  /** Events whose rows stand in the file of a later day. */
  late = 0;
  /** Distinct events. */
  events = 0;

  private readonly files: DayFiles;
  private readonly format: RowFormat;
  private readonly seconds: Random;
  private readonly luck: Random;
  private readonly line = new ByteLine();

  constructor(files: DayFiles, format: RowFormat, streams: Streams) {
    this.files = files;
    this.format = format;
    this.seconds = streams("time");
    this.luck = streams("dup");
  }

  deliver(sighting: Sighting): void {
    this.line.clear();
    this.format.write(this.line, {
      event: ++this.events,
      secondOfDay: this.seconds.below(86_400),
      day: sighting.day,
      victim: sighting.victim,
      origin: sighting.origin,
      port: sighting.port,
      family: sighting.family,
      count: sighting.count,
    });
    const luck = this.luck.below(1000);
    let fileDay = sighting.day;
    if (luck < LATE_PER_MILLE && sighting.day > 0) {
      fileDay += 1 + this.luck.below(2);
      this.late++;
    }
    this.append(fileDay);
    if (luck >= 1000 - TWICE_PER_MILLE) {
      this.append(Math.min(FILE_DAYS - 1, fileDay + this.luck.below(2)));
      this.duplicates++;
    }
  }

  private append(fileDay: number): void {
    this.files.append(fileDay, this.line);
    this.rows++;
  }
}
