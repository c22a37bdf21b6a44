import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { ciArmy } from "./index.ts";

describe("ci-army", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(ciArmy, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(ciArmy, fixture, 1)).toEqual(fixture.expected);
  });
});
