import { type FieldName, fieldNames } from "../mapping/index.ts";
import { memberSource, type RecordMapping } from "./mapping.ts";

/** One member that may fill a field. */
export interface Step {
  readonly field: FieldName;
  readonly member: string;
  readonly lenient: boolean;
  readonly words: ReadonlyMap<string, string> | undefined;
  /** The step to go on with when the member filled the field. */
  readonly next: number;
  /** Position of the member among those that the plan reads. */
  readonly place: number;
}

/** What becomes of a member that fills no field. */
export const keeping = { extra: -1, victimExtra: -2, dropped: -3 } as const;

/** A mapping as a list of steps, with what is known of members by their names. */
export class RecordPlan {
  readonly steps: readonly Step[];
  readonly urlOf: RecordMapping["urlOf"];
  /** How many members the steps read. */
  readonly places: number;
  readonly #mapping: RecordMapping;
  readonly #members = new Map<string, Member>();
  readonly #placeOf = new Map<string, number>();

  constructor(mapping: RecordMapping) {
    this.#mapping = mapping;
    this.urlOf = mapping.urlOf;
    const steps: Step[] = [];
    for (const field of fieldNames) {
      const source = mapping.fields[field];
      if (source === undefined) continue;
      const { members, lenient } = memberSource(source);
      const next = steps.length + members.length;
      for (const member of members) {
        const place = this.#placeOf.get(member) ?? this.#placeOf.size;
        this.#placeOf.set(member, place);
        const words = mapping.words?.[field];
        steps.push({ field, member, lenient: lenient ?? field === "protocol", words, next, place });
      }
    }
    this.steps = steps;
    this.places = this.#placeOf.size;
  }

  /** What is to be known of a member to keep it. */
  member(name: string): Member {
    let member = this.#members.get(name);
    if (member === undefined) {
      member = {
        key: `${JSON.stringify(name)}:`,
        place: this.#placeOf.get(name) ?? -1,
        keep: this.#keep(name),
      };
      // Names are the feed's: a feed that makes up a new one for each row shall not fill the memory.
      if (this.#members.size < MOST_MEMBERS) this.#members.set(name, member);
    }
    return member;
  }

  #keep(name: string): number {
    const { dropped, victimMembers } = this.#mapping;
    if (dropped?.includes(name)) return keeping.dropped;
    return victimMembers !== undefined && name.startsWith(victimMembers)
      ? keeping.victimExtra
      : keeping.extra;
  }
}

/** A member of a record, as a plan sees it. */
export interface Member {
  /** Its name as JSON, with the colon. */
  readonly key: string;
  /** Its place among those that the plan reads; -1 if it reads it not. */
  readonly place: number;
  /** One of {@link keeping}. */
  readonly keep: number;
}

const MOST_MEMBERS = 4096;
