import { type Tlp, tlpCode } from "../../../core/marking/index.ts";
import type {
  ObservationBuilder,
  RefusalReason,
  SkipReason,
} from "../../../core/observation/index.ts";
import { type Kind, kindCode } from "../../../core/taxonomy/index.ts";
import { RecordFiller } from "./filler.ts";
import type { JsonObject } from "./json.ts";
import type { RecordMapping } from "./mapping.ts";
import type { Members } from "./members.ts";
import { Plan } from "./plan.ts";
import type { RecordTaker } from "./reader.ts";

/** One observation that a record asserts: its kind, and the mapping that reads it. */
export interface Statement {
  readonly kind: Kind;
  readonly mapping: RecordMapping;
  /** Members that stand beside the record's own, or in their place, for this observation; by their flat names. */
  readonly facts?: Readonly<JsonObject>;
}

/** A record that asserts nothing, and is right in that: a delisting, a flow. */
export interface NoStatement {
  readonly skipped: SkipReason;
}

/** What a record asserts: at least one thing, or why it asserts nothing, or cannot be read. */
export type Interpret = (record: Members) => readonly Statement[] | NoStatement | RefusalReason;

/** Takes records as their format interprets them. */
export class StatementTaker implements RecordTaker {
  readonly #interpret: Interpret;
  readonly #tlp: number;
  readonly #plans = new Map<RecordMapping, Plan>();
  #members!: Members;
  #filler!: RecordFiller;
  #into!: ObservationBuilder;

  constructor(interpret: Interpret, tlp: Tlp) {
    this.#interpret = interpret;
    this.#tlp = tlpCode(tlp);
  }

  join(members: Members): void {
    this.#members = members;
    this.#filler = new RecordFiller(members);
    this.#plans.clear();
  }

  begin(into: ObservationBuilder): void {
    this.#into = into;
  }

  take(block: Uint8Array, from: number, to: number, line: number): void {
    const into = this.#into;
    const members = this.#members;
    const statements = this.#interpret(members);
    if (typeof statements === "string") return into.refuse(statements, line, block, from, to);
    if ("skipped" in statements) return into.skip(statements.skipped, line);
    const { element } = into;
    element.nth = 0;
    for (const { kind, mapping, facts } of statements) {
      if (facts !== undefined) members.put(facts);
      into.row.line = line;
      into.row.kind = kindCode(kind);
      const reason = this.#filler.fill(this.#planOf(mapping), this.#tlp, into);
      if (reason === undefined) into.add(block, from, to);
      else into.refuse(reason, line, block, from, to);
      if (facts !== undefined) members.forget();
      element.nth++;
    }
    element.nth = 0;
  }

  #planOf(mapping: RecordMapping): Plan {
    let plan = this.#plans.get(mapping);
    if (plan === undefined)
      this.#plans.set(mapping, (plan = new Plan(mapping, this.#members.names)));
    return plan;
  }
}
