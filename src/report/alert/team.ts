/** Who we are, as a message says it. */
export interface Team {
  readonly name: string;
  /** By language, where it is another one: `{ zh: "..." }`. */
  readonly nameIn: Readonly<Record<string, string>>;
  /** Empty: we have none. */
  readonly phone: string;
  readonly website: string;
}
