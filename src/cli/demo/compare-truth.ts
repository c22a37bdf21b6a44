/** A field in which the count and the truth differ. */
export interface Difference {
  /** Such as `byCountry.US.victims`. */
  readonly field: string;
  readonly known: unknown;
  readonly counted: unknown;
}

/** The outcome of a comparison. */
export interface Comparison {
  /** How many single values were compared. */
  readonly fields: number;
  readonly differences: Difference[];
}

/**
 * Compares every single value of two JSON values; the order of an object's fields does not matter. Fields in `except` are
 * left out where only the truth has them.
 */
export function compareTruth(
  known: unknown,
  counted: unknown,
  except: readonly string[] = [],
): Comparison {
  const knownLeaves = leavesOf(known);
  const countedLeaves = leavesOf(counted);
  const fields = [...new Set([...knownLeaves.keys(), ...countedLeaves.keys()])].filter(
    (field) => countedLeaves.has(field) || !except.includes(field),
  );
  const differences = fields
    .map((field) => ({ field, known: knownLeaves.get(field), counted: countedLeaves.get(field) }))
    .filter((pair) => pair.known !== pair.counted)
    .map((pair) => ({ ...pair, known: pair.known ?? null, counted: pair.counted ?? null }));
  return { fields: fields.length, differences };
}

/** Every value that is neither object nor array, by its path. */
function leavesOf(
  value: unknown,
  path = "",
  leaves = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return leaves.set(path, value);
  for (const [key, child] of Object.entries(value))
    leavesOf(child, path ? `${path}.${key}` : key, leaves);
  return leaves;
}
