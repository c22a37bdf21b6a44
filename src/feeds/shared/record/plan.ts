import { fieldNames, ops } from "../mapping/index.ts";
import { keyOf } from "./extra-writer.ts";
import { memberSource, type RecordMapping } from "./mapping.ts";
import type { NameTable } from "./names.ts";
import type { Words } from "./words.ts";

/** One member that may fill a field. */
export interface Step {
  /** The field, as one of {@link ops}. */
  readonly op: number;
  /** The number of the member's name. */
  readonly name: number;
  readonly lenient: boolean;
  readonly words: ReadonlyMap<string, string> | undefined;
  /** The word that it read last, and what that stands for. */
  readonly last: { word: string; value: number };
  /** The step to go on with when the member filled the field. */
  readonly next: number;
}

/** What becomes of a member that fills no field. */
export const keeping = { extra: 0, victimExtra: 1, dropped: 2 } as const;

/** How to keep a member. */
export interface Keep {
  /** One of {@link keeping}. */
  readonly as: number;
  readonly key: Words;
}

/** A mapping joined with a table of names: a list of steps. */
export class Plan {
  readonly steps: readonly Step[];
  readonly urlOf: RecordMapping["urlOf"];
  readonly #mapping: RecordMapping;
  readonly #names: NameTable;
  readonly #keeps: (Keep | undefined)[] = [];

  constructor(mapping: RecordMapping, names: NameTable) {
    this.#mapping = mapping;
    this.#names = names;
    this.urlOf = mapping.urlOf;
    const steps: Step[] = [];
    for (const field of fieldNames) {
      const source = mapping.fields[field];
      if (source === undefined) continue;
      const { members, lenient = field === "protocol" } = memberSource(source);
      const words = mapping.words?.[field];
      const next = steps.length + members.length;
      for (const member of members)
        steps.push({
          op: ops[field],
          name: names.idOf(member),
          lenient,
          words,
          last: { word: "", value: -1 },
          next,
        });
    }
    this.steps = steps;
  }

  /** How to keep the member with this name's number. */
  keep(name: number): Keep {
    return (this.#keeps[name] ??= this.#keepOf(this.#names.textOf(name)));
  }

  #keepOf(name: string): Keep {
    const { dropped, victimMembers } = this.#mapping;
    const ofVictim = victimMembers !== undefined && name.startsWith(victimMembers);
    return {
      as: dropped?.includes(name)
        ? keeping.dropped
        : ofVictim
          ? keeping.victimExtra
          : keeping.extra,
      key: keyOf(name),
    };
  }
}
