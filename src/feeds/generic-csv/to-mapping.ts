import { createHash } from "node:crypto";
import { allKinds } from "../../core/taxonomy/index.ts";
import type { FieldSource, KindRules, Mapping } from "../shared/mapping/index.ts";
import type { Column, CsvMapping } from "./csv-mapping.ts";

/** The mapping that an operator's configuration means. Its version changes with every change of the configuration. */
export function toMapping(config: CsvMapping): Mapping {
  const { time, kind: kindColumn, ...others } = config.columns;
  const columns = { seenAt: time, ...others };
  const fields = Object.entries(columns).map(([field, column]) => [field, toSource(column!)]);
  return {
    version: versionOf(config),
    delimiter: config.delimiter,
    fields: Object.fromEntries(fields) as Mapping["fields"],
    kind: kindColumn === undefined ? constantKind(config) : kindRules(config, kindColumn),
    tlp: config.tlp,
    offsetMinutes: offsetMinutes(config.timeZone),
  };
}

/** The version that a configuration has: another one for every change. */
export function versionOf(config: CsvMapping): string {
  const digest = createHash("sha256").update(JSON.stringify(config)).digest("hex");
  return `csv.${config.name}.${digest.slice(0, 12)}`;
}

function toSource(column: Column): FieldSource {
  return { columns: [column].flat().map((name) => String(name).toLowerCase()) };
}

function constantKind({ kind }: CsvMapping): Mapping["kind"] {
  return typeof kind === "string" ? kind : { columns: [], rules: [] };
}

/** With a constant beside it, the column may name kinds itself. */
function kindRules({ kind }: CsvMapping, column: Column): KindRules {
  const { columns } = toSource(column);
  if (typeof kind === "string")
    return {
      columns,
      rules: allKinds.map((word) => ({ word, whole: true, kind: word })),
      otherwise: kind,
    };
  const rules = Object.entries(kind).map(([word, of]) => ({ word, whole: true, kind: of }));
  return { columns, rules };
}

/** Whether it is an offset such as `+08:00`, and not the name of a zone. */
export function isOffset(timeZone: string): boolean {
  return /^[+-]/.test(timeZone);
}

/** Minutes of `+08:00`. */
export function offsetMinutes(timeZone: string): number {
  const [hours = 0, minutes = 0] = timeZone.slice(1).split(":").map(Number);
  return (timeZone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
