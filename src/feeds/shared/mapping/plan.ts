import { type FieldName, fieldNames, type Mapping, sourceOf } from "./mapping.ts";

/** What the steps of a plan do. */
export const ops: Readonly<Record<FieldName, number>> = {
  seenAt: 0,
  seenUntil: 1,
  victim: 2,
  origin: 3,
  victimPort: 4,
  originPort: 5,
  protocol: 6,
  family: 7,
  victimHost: 8,
  originHost: 9,
  url: 10,
  eventId: 11,
  count: 12,
  confidence: 13,
  tlp: 14,
};

/** A mapping joined with the columns of one file: a list of steps, as arrays. */
export interface Plan {
  readonly op: Uint8Array;
  /** The column that the step reads. */
  readonly column: Int32Array;
  /** The step to go on with when the cell was not empty. */
  readonly next: Int32Array;
  readonly lenient: Uint8Array;
  /** Positions of the columns that go into `extra`, rising. */
  readonly extra: readonly number[];
  /** Of the columns without a field, those that tell of the victim: named like the column of its address, `src_city` with `src_ip`. */
  readonly victimExtra: readonly number[];
  /** Fields that a file may have but this one has no column for. */
  readonly absent: readonly FieldName[];
}

/** Joins a mapping with a file's columns; names are compared without letter case. */
export function makePlan(mapping: Mapping, columns: readonly string[]): Plan {
  const position = new Map(columns.map((column, at) => [column.toLowerCase(), at]));
  const steps: { op: number; column: number; next: number; lenient: boolean }[] = [];
  const taken = new Set<number>();
  const absent: FieldName[] = [];
  for (const field of fieldNames) {
    const source = sourceOf(mapping, field);
    if (source === undefined) continue;
    const found = source.columns.map((name) => position.get(name)).filter((at) => at !== undefined);
    const next = steps.length + found.length;
    for (const column of found)
      steps.push({ op: ops[field], column, next, lenient: source.lenient ?? field === "protocol" });
    if (found.length === 0) absent.push(field);
    else if (!source.keep) taken.add(found[0]!);
  }
  const left = columns.map((_, at) => at).filter((at) => !taken.has(at));
  const prefix = victimPrefix(mapping, columns);
  const tellsOfVictim = (at: number): boolean =>
    prefix !== "" && columns[at]!.toLowerCase().startsWith(prefix);
  return {
    op: Uint8Array.from(steps, (step) => step.op),
    column: Int32Array.from(steps, (step) => step.column),
    next: Int32Array.from(steps, (step) => step.next),
    lenient: Uint8Array.from(steps, (step) => (step.lenient ? 1 : 0)),
    extra: left.filter((at) => !tellsOfVictim(at)),
    victimExtra: left.filter(tellsOfVictim),
    absent,
  };
}

/** `src_` where the victim's address stands in `src_ip`; `""` where its column has no such beginning. */
function victimPrefix(mapping: Mapping, columns: readonly string[]): string {
  const names = new Set(columns.map((column) => column.toLowerCase()));
  const column = sourceOf(mapping, "victim")?.columns.find((name) => names.has(name));
  return column?.match(/^[a-z]+_/)?.[0] ?? "";
}
