import type { ByteLine } from "./byte-line.ts";
import { DATES } from "./calendar.ts";

/** One sighting of a victim with an origin, as a feed reports it. */
export interface Sighting {
  /** Day of the sighting, 0 = 1 January 2013. */
  day: number;
  victim: number;
  origin: number;
  port: number;
  family: string;
  /** Connections that the row stands for. */
  count: number;
}

/** A sighting with what the feed adds; the same event keeps its number however often it is delivered. */
export interface Row extends Sighting {
  event: number;
  secondOfDay: number;
}

/** How the daily files look: `plain` is our own CSV, `event4_sinkhole` has column names of Shadowserver's report. */
export type ReplayFormat = "plain" | "event4_sinkhole";

/** A header and a way to write one row, both with their line end. */
export interface RowFormat {
  header: string;
  write(line: ByteLine, row: Row): void;
}

const plain: RowFormat = {
  header: "event_id,timestamp,victim_ip,origin_ip,origin_port,protocol,family,count\n",
  write(line, row) {
    line.sixBase36(row.event);
    line.text(",");
    line.text(DATES[row.day]!);
    line.text("T");
    line.timeOfDay(row.secondOfDay);
    line.text("Z,");
    line.ipv4(row.victim);
    line.text(",");
    line.ipv4(row.origin);
    line.text(",");
    line.number(row.port);
    line.text(",tcp,");
    line.text(row.family);
    line.text(",");
    line.number(row.count);
    line.text("\n");
  },
};

/** The bot opened the connection, so Shadowserver's `src_ip` is the victim and `dst_ip` the origin. */
const event4Sinkhole: RowFormat = {
  header:
    '"timestamp","severity","protocol","src_ip","src_port","src_asn","src_geo","dst_ip","dst_port","dst_asn",' +
    '"dst_geo","infection","family","tag","event_id","count"\n',
  write(line, row) {
    line.text('"');
    line.text(DATES[row.day]!);
    line.text(" ");
    line.timeOfDay(row.secondOfDay);
    line.text('","high","tcp","');
    line.ipv4(row.victim);
    line.text('",');
    line.number(1024 + (row.victim % 60_000));
    line.text(',,"","');
    line.ipv4(row.origin);
    line.text('",');
    line.number(row.port);
    line.text(',,"","');
    line.text(row.family);
    line.text('","');
    line.text(row.family);
    line.text('","botnet","');
    line.sixBase36(row.event);
    line.text('",');
    line.number(row.count);
    line.text("\n");
  },
};

/** The formats by name. */
export const ROW_FORMATS: Readonly<Record<ReplayFormat, RowFormat>> = {
  plain,
  event4_sinkhole: event4Sinkhole,
};
