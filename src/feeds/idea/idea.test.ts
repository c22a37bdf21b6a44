import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { idea } from "./index.ts";

describe("idea", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(idea, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(idea, fixture, 1)).toEqual(fixture.expected);
  });
});
