import { describe, expect, it } from "vitest";
import {
  countryCodes,
  DAYS,
  drawBotnet,
  FIRST_DAY,
  originAddress,
  originOf,
  seen,
  sighting,
  victimAddress,
} from "./botnet.ts";
import { knownCounts, type LateRow } from "./known-counts.ts";

const net = drawBotnet({ victims: 300, seed: "test" });
const late: LateRow[] = [
  { victim: 1, day: 0, origin: 13_000 },
  { victim: 299, day: 150, origin: 12_999 },
];

/** Counts by keeping every row. */
function countRows(from: number, until: number) {
  const rows = late.filter(({ day }) => day >= from && day < until);
  for (let victim = 0; victim < net.victims; victim++)
    for (let day = from; day < until; day++) {
      const sighted = sighting(victim, day);
      if (seen(sighted)) rows.push({ victim, day, origin: originOf(net, victim, sighted) });
    }
  const count = (of: readonly LateRow[]) => ({
    victims: new Set(of.map(({ victim }) => victimAddress(victim))).size,
    origins: new Set(of.map(({ origin }) => originAddress(net, origin))).size,
  });
  const byCountry = countryCodes.flatMap((code, at) => {
    const own = rows.filter(({ origin }) => net.countries[origin] === at);
    return own.length > 0 ? [[code, count(own)] as const] : [];
  });
  return { ...count(rows), byCountry: Object.fromEntries(byCountry) };
}

describe("knownCounts", () => {
  it.each([
    [0, DAYS],
    [0, 1],
    [20, 29],
    [150, 151],
  ])("counts days %d to %d as one counts rows", (from, until) => {
    const period = { from: FIRST_DAY + from, until: FIRST_DAY + until };
    expect(knownCounts(net, late, period)).toEqual(countRows(from, until));
  });

  it("sees each victim on about 16 days", () => {
    let rows = 0;
    for (let victim = 0; victim < net.victims; victim++)
      for (let day = 0; day < DAYS; day++) if (seen(sighting(victim, day))) rows++;
    expect(rows / net.victims).toBeGreaterThan(15);
    expect(rows / net.victims).toBeLessThan(17);
  });
});
