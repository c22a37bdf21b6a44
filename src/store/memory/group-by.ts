/** The items by key; keys in the order in which they first come. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The values of a map replaced by what `of` makes of them. */
export function mapValues<Key, From, To>(
  map: ReadonlyMap<Key, From>,
  of: (value: From) => To,
): Map<Key, To> {
  return new Map([...map].map(([key, value]) => [key, of(value)]));
}

/** How many distinct values there are, of those that say something: `""` and 0 do not. */
export function distinct(values: readonly (string | bigint)[]): number {
  return new Set(values.filter(Boolean)).size;
}
