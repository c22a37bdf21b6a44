import type { Tlp } from "../../core/marking/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";

/** A column by name or, from 1, by number. */
export type OneColumn = string | number;

/** A column, or several of which the first that is not empty counts. */
export type Column = OneColumn | readonly OneColumn[];

/** An operator's mapping of a CSV file, as the configuration gives it. */
export interface CsvMapping {
  readonly name: string;
  readonly delimiter: string;
  /** `true` if the first line names the columns, `comment` if a comment above it does, `false` if nothing does; else their names. */
  readonly header: boolean | "comment" | readonly string[];
  readonly columns: {
    /** Absent: the rows are of the moment that the file names in a comment or, if it names none, of that when it was taken. */
    readonly time?: Column;
    readonly until?: Column;
    readonly victim?: Column;
    readonly origin?: Column;
    readonly victimPort?: Column;
    readonly originPort?: Column;
    readonly protocol?: Column;
    readonly family?: Column;
    readonly victimHost?: Column;
    readonly originHost?: Column;
    /** Whatever names a host: address, `address:port`, network, name, URL. */
    readonly victimIndicator?: Column;
    readonly originIndicator?: Column;
    readonly url?: Column;
    readonly eventId?: Column;
    readonly count?: Column;
    readonly confidence?: Column;
    readonly tlp?: Column;
    readonly kind?: Column;
    /** Where the feed itself says that a side is. */
    readonly victimAsn?: OneColumn;
    readonly victimCountry?: OneColumn;
    readonly originAsn?: OneColumn;
    readonly originCountry?: OneColumn;
  };
  /**
   * One kind for all rows whose `kind` column names none, or the kind by the value of that column; `*` stands for all other values.
   */
  readonly kind: Kind | Readonly<Record<string, Kind>>;
  readonly tlp: Tlp;
  /** Offset of times that name none, such as `+08:00`, or the name of a zone. */
  readonly timeZone: string;
  /** How `03/04/2013` is meant. */
  readonly dates?: "auto" | "day-first" | "month-first";
  /** Lines before anything else. */
  readonly skipLines?: number;
  /** How comments begin. */
  readonly comments?: readonly string[];
  /** Words that mean that a cell says nothing. */
  readonly nothing?: readonly string[];
  /** What holds for all rows whose columns say nothing else. */
  readonly always?: { readonly family?: string; readonly protocol?: string };
  /** A column whose cells hold several values: each is an observation of its own. */
  readonly each?: { readonly column: OneColumn; readonly separator: string };
}
