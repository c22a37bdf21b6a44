import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { bambenek } from "./index.ts";

describe("bambenek", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(bambenek, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(bambenek, fixture, 1)).toEqual(fixture.expected);
  });
});
