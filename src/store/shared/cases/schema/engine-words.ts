/** What the engines call the same thing by other names. */
export interface EngineWords {
  /** A text that is compared byte by byte. */
  readonly text: string;
  readonly integer: string;
  readonly bytes: string;
  /** The definition of a primary key that counts up by itself. */
  readonly counter: string;
  /** After a table. */
  readonly table: string;
  /** After a table whose rows lie in the order of the primary key, where the engine can do that. */
  readonly ordered: string;
}

export const sqliteWords: EngineWords = {
  text: "text",
  integer: "integer",
  bytes: "blob",
  counter: "integer primary key",
  table: "strict",
  ordered: "without rowid, strict",
};

export const postgresWords: EngineWords = {
  text: 'text collate "C"',
  integer: "bigint",
  bytes: "bytea",
  counter: "bigint generated always as identity primary key",
  table: "",
  ordered: "",
};
