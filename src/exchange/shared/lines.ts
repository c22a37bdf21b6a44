import type { ExchangeFormat, ObservationRecord } from "../../app/ports.ts";

/** A standard whose file has one record a line. */
export interface LineFormat {
  readonly name: string;
  /** What stands above the records. */
  readonly header?: string;
  /** The record's line with its end; `undefined` if the standard cannot say it. */
  readonly line: (record: ObservationRecord) => string | undefined;
}

/** Makes the format of a standard that has one record a line. */
export function makeLineFormat({ name, header = "", line }: LineFormat): ExchangeFormat {
  return {
    name,
    open: () => ({
      begin: () => header,
      write: (records) => {
        const lines = records.map(line).filter((text) => text !== undefined);
        return { text: lines.join(""), written: lines.length };
      },
      end: () => "",
    }),
  };
}
