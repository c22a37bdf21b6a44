import type { SituationCounts } from "../../src/core/measure/index.ts";
import { unpackCountry } from "../../src/core/network/index.ts";

/** Numbers by name; those that are 0 are left out. */
export type Numbers = Readonly<Record<string, number>>;

/** Counts in a form that can be compared and written down: names for codes, nothing that is 0. */
export interface PlainCounts {
  readonly total: Numbers;
  readonly countries: Readonly<Record<string, Numbers>>;
  readonly sectors: Numbers;
  readonly excluded: Readonly<Record<string, Numbers>>;
  readonly groups: Readonly<Record<string, Numbers>>;
}

/** A store's answer without its zeros: whether it lists an empty group is its own affair. */
export function plainCounts(counts: SituationCounts): PlainCounts {
  return {
    total: nonZero({ ...counts.total, observations: counts.observations }),
    countries: groups([...counts.byCountry].map(([code, of]) => [unpackCountry(code), of])),
    sectors: nonZero(Object.fromEntries(counts.websitesBySector)),
    excluded: groups([...counts.excluded]),
    groups: groups([...(counts.groups ?? [])]),
  };
}

function groups(entries: readonly (readonly [string, object])[]): Record<string, Numbers> {
  const plain = entries.map(([key, numbers]) => [key, nonZero(numbers)] as const);
  return Object.fromEntries(plain.filter(([, numbers]) => Object.keys(numbers).length > 0));
}

function nonZero(numbers: object): Numbers {
  return Object.fromEntries(Object.entries(numbers).filter(([, n]) => n !== 0));
}
