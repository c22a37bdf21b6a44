import type { Tlp } from "../../core/marking/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";

/** A column by name, or several of which the first that is not empty counts. */
export type Column = string | readonly string[];

/** An operator's mapping of a CSV file, as the configuration gives it. */
export interface CsvMapping {
  readonly name: string;
  readonly delimiter: string;
  /** `true` if the first line names the columns, else their names. */
  readonly header: true | readonly string[];
  readonly columns: {
    readonly time: Column;
    readonly victim?: Column;
    readonly origin?: Column;
    readonly victimPort?: Column;
    readonly originPort?: Column;
    readonly protocol?: Column;
    readonly family?: Column;
    readonly victimHost?: Column;
    readonly originHost?: Column;
    readonly url?: Column;
    readonly eventId?: Column;
    readonly count?: Column;
    readonly confidence?: Column;
    readonly kind?: Column;
  };
  /** One kind for all rows whose `kind` column names none, or the kind by the value of that column. */
  readonly kind: Kind | Readonly<Record<string, Kind>>;
  readonly tlp: Tlp;
  /** Offset of times that name none, such as `+08:00`. */
  readonly timeZone: string;
}
