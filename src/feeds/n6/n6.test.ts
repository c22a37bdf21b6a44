import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { n6 } from "./index.ts";

describe("n6", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(n6, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(n6, fixture, 1)).toEqual(fixture.expected);
  });
});
