import type { Compilable, CompiledQuery, QueryResult } from "kysely";
import type { Cases } from "./tables.ts";

/** Stands for a value while a statement's text is made. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement whose text is made once an engine, not at every run: that takes Kysely ten times as long as the engine takes
 * to run it. The values of all runs must have the same members, and `build` must hand each on as it is.
 */
export class Prepared<Values extends object, Row> {
  readonly #build: (cases: Cases, values: Values) => Compilable<Row>;
  readonly #texts = new WeakMap<object, CompiledQuery<Row>>();

  constructor(build: (cases: Cases, values: Values) => Compilable<Row>) {
    this.#build = build;
  }

  async run(cases: Cases, values: Values): Promise<QueryResult<Row>> {
    const text = this.#textFor(cases, values);
    const given = values as Readonly<Record<string, unknown>>;
    const parameters = text.parameters.map((parameter) =>
      parameter instanceof Slot ? given[parameter.name] : parameter,
    );
    return cases.executeQuery<Row>({ ...text, parameters });
  }

  /** The first row that it finds. */
  async first(cases: Cases, values: Values): Promise<Row | undefined> {
    return (await this.run(cases, values)).rows[0];
  }

  /** How many rows it made, changed or removed. */
  async affected(cases: Cases, values: Values): Promise<number> {
    return Number((await this.run(cases, values)).numAffectedRows ?? 0n);
  }

  #textFor(cases: Cases, values: Values): CompiledQuery<Row> {
    const { adapter } = cases.getExecutor();
    const known = this.#texts.get(adapter);
    if (known) return known;
    const slots = Object.keys(values).map((name) => [name, new Slot(name)] as const);
    const text = this.#build(cases, Object.fromEntries(slots) as unknown as Values).compile();
    this.#texts.set(adapter, text);
    return text;
  }
}
