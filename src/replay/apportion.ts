/**
 * Splits a whole number in proportion to weights, by largest remainder (Hamilton's method; the earlier one wins a
 * tie): the parts are whole, add up to `total`, and none is below `atLeast`.
 */
export function apportion(total: number, weights: readonly number[], atLeast = 0): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const free = total - atLeast * weights.length;
  const exact = weights.map((weight) => (weight / weightSum) * free);
  const parts = exact.map((part) => Math.floor(part) + atLeast);
  const left = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((part, at) => ({ at, remainder: part - Math.floor(part) }))
    .sort((one, other) => other.remainder - one.remainder || one.at - other.at);
  for (let given = 0; given < left; given++) parts[byRemainder[given % byRemainder.length]!.at]!++;
  return parts;
}
