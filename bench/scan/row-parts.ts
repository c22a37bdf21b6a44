/** How the rows of a format are written; `i` counts them. */
export interface Rows {
  /** The name of the file, by which some formats are told. */
  readonly file: string;
  /** What comes before the rows. */
  readonly head?: string;
  readonly write: (i: number) => string;
}

export const ipv4 = (i: number): string => `192.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

/** A number that looks like chance and is the same in every run. */
export const hash = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;

export const hex = (i: number): string => hash(i).toString(16).padStart(32, "a");

/** `2024-02-01 10:20:30`, two seconds after that of the row before. */
export const moment = (i: number): string =>
  new Date(Date.UTC(2024, 1, 1) + i * 2000).toISOString().slice(0, 19).replace("T", " ");
