import type { FeedFormat, Reading } from "../../app/ports.ts";
import { COMMA, findText, readHeader } from "../shared/csv/index.ts";
import { isJsonObject } from "../shared/document/index.ts";
import { CsvReader } from "./csv-reader.ts";
import { JsonReader } from "./json-reader.ts";
import { parseJson, tellingFields } from "./record.ts";

/** What the Tocsin that wrote the export said of the sides' whereabouts. */
const reported = {
  victimAsn: "tocsin.victimAsn",
  victimCountry: "tocsin.victimCountry",
  originAsn: "tocsin.originAsn",
  originCountry: "tocsin.originCountry",
} as const;

const common = { tlp: "amber", notes: [] } as const satisfies Partial<Reading>;

/** What `tocsin export observations --format csv` wrote, here or elsewhere. */
export const tocsinCsv: FeedFormat = {
  name: "tocsin-csv",
  title: "observations that a Tocsin exported as CSV",
  recognise({ head }) {
    const header = readHeader(head, COMMA);
    if (!header || !tellingFields.every((name) => header.columns.includes(name))) return undefined;
    const { columns, skip } = header;
    return {
      ...common,
      format: "tocsin-csv",
      type: "tocsin-csv",
      mapping: "tocsin-csv.1",
      columns,
      skip,
    };
  },
  open: (reading) => new CsvReader(reading),
  reported: () => reported,
};

/** What `tocsin export observations --format jsonl` wrote, here or elsewhere. */
export const tocsinJsonl: FeedFormat = {
  name: "tocsin-jsonl",
  title: "observations that a Tocsin exported as JSON lines",
  recognise({ head }) {
    const text = Buffer.from(head).toString("utf8", findText(head).bytes);
    // The first line may be a bad one.
    const records = text.split("\n", 5).map(parseJson).filter(isJsonObject);
    const ours = records.some((record) =>
      tellingFields.every((name) => Object.hasOwn(record, name)),
    );
    if (!ours) return undefined;
    return {
      ...common,
      format: "tocsin-jsonl",
      type: "tocsin-jsonl",
      mapping: "tocsin-jsonl.1",
      columns: [],
      skip: findText(head),
    };
  },
  open: (reading) => new JsonReader(reading),
  reported: () => reported,
};
