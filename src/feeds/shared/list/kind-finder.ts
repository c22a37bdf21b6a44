import { type Kind, kindCode } from "../../../core/taxonomy/index.ts";
import type { KindRules } from "../mapping/index.ts";
import type { Members } from "../record/index.ts";
import type { RecordMapping } from "./record-mapping.ts";
import { type Role, roleOf } from "./role.ts";

/** What a row is: the code of its kind, and the side of its subject. */
export interface Sort {
  readonly kind: number;
  readonly role: Role;
}

const MOST_KEPT = 4096;

/** Finds the kind of a row by the words in its columns. Words seen before are not searched again. */
export class KindFinder {
  readonly #mapping: Pick<RecordMapping, "subject" | "roles">;
  readonly #rules: KindRules | undefined;
  readonly #otherwise: Sort | undefined;
  readonly #kept = new Map<string, Sort | undefined>();
  #members!: Members;
  /** The numbers of the columns' names. */
  #columns: readonly number[] = [];

  constructor(mapping: Pick<RecordMapping, "kind" | "subject" | "roles">) {
    const { kind } = mapping;
    this.#mapping = mapping;
    this.#rules = typeof kind === "string" ? undefined : kind;
    const otherwise = typeof kind === "string" ? kind : kind.otherwise;
    this.#otherwise = otherwise && this.#sort(otherwise);
  }

  /** The members in which the words stand. */
  join(members: Members): void {
    this.#members = members;
    this.#columns = (this.#rules?.columns ?? []).map((column) => members.names.idOf(column));
  }

  /** What the row is; `undefined` if no rule speaks for it. */
  find(): Sort | undefined {
    if (this.#rules === undefined) return this.#otherwise;
    const columns = this.#columns;
    let key = columns.length === 0 ? "" : this.#words(columns[0]!);
    for (let i = 1; i < columns.length; i++) key += `\0${this.#words(columns[i]!)}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined || this.#kept.has(key)) return kept;
    const sort = this.#search(key.split("\0").map(plain));
    if (this.#kept.size < MOST_KEPT && key.length < 256) this.#kept.set(key, sort);
    return sort;
  }

  #words(column: number): string {
    const slot = this.#members.slotOf(column);
    return slot < 0 ? "" : this.#members.wordsAt(slot);
  }

  #search(cells: readonly string[]): Sort | undefined {
    for (const { word, whole, kind } of this.#rules!.rules) {
      const wanted = plain(word);
      if (cells.some((cell) => (whole ? cell === wanted : cell.includes(wanted))))
        return this.#sort(kind);
    }
    return this.#otherwise;
  }

  #sort(kind: Kind): Sort {
    const { subject, roles } = this.#mapping;
    const role = subject === "by-kind" ? (roles?.[kind] ?? roleOf(kind)) : subject;
    return { kind: kindCode(kind), role };
  }
}

/** Without letter case and word joints. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, "");
}
