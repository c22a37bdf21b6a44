import type { JsonObject, Members } from "../record/index.ts";
import type { Delimiter } from "./cells.ts";
import type { Facts, RecordMapping } from "./record-mapping.ts";

/** A text file whose rows are lines of cells. */
export interface TextLayout {
  /** `,` unless told otherwise. A pattern finds nothing but blanks and `,;|#`: a row without them is one cell. */
  readonly delimiter?: Delimiter;
  /** The names of the columns where the file has none; else a row names them, or a comment. */
  readonly columns?: readonly string[];
  /** The columns have no names, and are called by their numbers. */
  readonly numbered?: boolean;
  /** What names the columns; where this is absent, either may. */
  readonly header?: "row" | "comment";
  /** Of a file that names its columns: those that a file of this type always has, in small letters, or `#3` by number. */
  readonly needs?: readonly string[];
  /** Of a file that does not: what its cells look like, by column; one of the first rows must look so. */
  readonly looks?: Readonly<Record<string, RegExp>>;
  /** How comments begin; `#` unless told otherwise. */
  readonly comments?: readonly string[];
  /** How many lines come before anything else. */
  readonly skipLines?: number;
  /** Rows may lack their last cells, and have more than there are columns: those stay with the last one. */
  readonly ragged?: boolean;
  /** Parts a row where no delimiter does. */
  readonly cut?: (row: string) => string[];
}

/** A JSON document of objects: one array, one object a line, or one behind the other. */
export interface JsonLayout {
  /** Members that an object of this type always has; those that it never has. */
  readonly needs: readonly string[];
  readonly lacks?: readonly string[];
  /** What the document looks like at its beginning. */
  readonly looks?: RegExp;
  /** The members under which the objects lie in the document: `*` is any. Absent: the document's objects are the rows. */
  readonly under?: readonly string[];
  /** The rows of a document, where they stand in it another way. */
  readonly records?: (document: JsonObject) => readonly JsonObject[];
}

/** One kind of list of a publisher: how it is told from others, how its rows are cut, and what they mean. */
export interface ListType {
  readonly name: string;
  readonly mapping: RecordMapping;
  readonly text?: TextLayout;
  readonly json?: JsonLayout;
  /** What the file's name or its comments must say, unless the operator named the format. */
  readonly says?: RegExp;
  /** A column in which a row says that it names no host, but a file or a person. */
  readonly hostless?: { readonly column: string; readonly looks: RegExp };
  /**
   * Finds what the mapping reads and the columns do not say as it does: the facts of each observation that the row asserts, none
   * if it says nothing. Absent: one observation, by the columns alone. `place` is the member under which a record lies.
   */
  readonly rework?: (row: Members, place: string) => readonly Facts[] | undefined;
}
