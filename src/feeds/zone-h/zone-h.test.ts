import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { zoneH } from "./index.ts";

describe("zone-h", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(zoneH, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(zoneH, fixture, 1)).toEqual(fixture.expected);
  });
});
