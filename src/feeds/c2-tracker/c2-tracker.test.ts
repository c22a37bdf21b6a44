import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { c2Tracker } from "./index.ts";

describe("c2-tracker", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(c2Tracker, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(c2Tracker, fixture, 1)).toEqual(fixture.expected);
  });
});
