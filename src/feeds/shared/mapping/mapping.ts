import type { ReportedFact } from "../../../app/ports.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { Kind } from "../../../core/taxonomy/index.ts";

/** The fields of an observation that a column can fill, by what their cells hold. */
export const fieldNames = [
  "seenAt",
  "seenUntil",
  "victim",
  "origin",
  "victimPort",
  "originPort",
  "protocol",
  "family",
  "victimHost",
  "originHost",
  "url",
  "eventId",
  "count",
  "confidence",
  "tlp",
] as const;

/** One of {@link fieldNames}. */
export type FieldName = (typeof fieldNames)[number];

/**
 * Where a field comes from. The first of `columns` with something in it wins; all but the first column stay in `extra`
 * too. `lenient`: what cannot be read counts as not said and goes to `extra`, and the row is kept. `keep`: the cell stays
 * in `extra` as well, as the field takes only a part of it.
 */
export interface FieldSource {
  readonly columns: readonly string[];
  readonly lenient?: boolean;
  readonly keep?: boolean;
}

/**
 * A kind by the words in some columns: the first rule wins whose word is in one of the cells, or `whole`ly is it. A row
 * for which no rule speaks is refused if there is no `otherwise`.
 */
export interface KindRules {
  readonly columns: readonly string[];
  readonly rules: readonly {
    readonly word: string;
    readonly whole?: boolean;
    readonly kind: Kind;
  }[];
  readonly otherwise?: Kind;
}

/** How the rows of a format become observations: data, not code. Column names are in lower case. */
export interface Mapping {
  /** Its version, stored with each batch. Another meaning of a column is another version. */
  readonly version: string;
  readonly delimiter?: string;
  readonly fields: Readonly<Partial<Record<FieldName, string | FieldSource>>>;
  /** The columns in which the feed says where a side is; they go to `extra`. */
  readonly reported?: Readonly<Partial<Record<ReportedFact, string>>>;
  readonly kind: Kind | KindRules;
  readonly tlp: Tlp;
  /** Some writer of the feed drops the last cell of a row where it is empty. */
  readonly mayLackLastCell?: boolean;
  readonly confidence?: number;
  /** The protocol of every row, where none of the columns says it. */
  readonly protocol?: "tcp" | "udp";
  /** How far the times that name no offset run ahead of UTC. */
  readonly offsetMinutes?: number;
}

/** The source of a field, written out. */
export function sourceOf(mapping: Mapping, field: FieldName): FieldSource | undefined {
  const source = mapping.fields[field];
  return typeof source === "string" ? { columns: [source] } : source;
}

/** All columns that the mapping reads, in lower case. */
export function mappedColumns(mapping: Mapping): string[] {
  const ofFields = fieldNames.flatMap((field) => sourceOf(mapping, field)?.columns ?? []);
  return typeof mapping.kind === "string" ? ofFields : [...ofFields, ...mapping.kind.columns];
}
