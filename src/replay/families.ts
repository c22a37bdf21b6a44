import type { Random } from "./random.ts";

/** Malware families of 2013 and their percentages, which add up to 100. The percentages are an assumption. */
const PERCENTAGES: readonly (readonly [family: string, percent: number])[] = [
  ["conficker", 22],
  ["zeroaccess", 17],
  ["zeus", 13],
  ["gh0st", 11],
  ["sality", 8],
  ["virut", 6],
  ["citadel", 5],
  ["njrat", 4],
  ["darkcomet", 4],
  ["poisonivy", 3],
  ["ircbot", 3],
  ["pushdo", 2],
  ["ramnit", 2],
];

const HUNDREDTHS: readonly string[] = PERCENTAGES.flatMap(([family, percent]) =>
  Array.from({ length: percent }, () => family),
);

/** Draws a family by its percentage. */
export function drawFamily(random: Random): string {
  return HUNDREDTHS[random.below(100)]!;
}
