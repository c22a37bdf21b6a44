import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { threatfox } from "./index.ts";

describe("threatfox", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(threatfox, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(threatfox, fixture, 1)).toEqual(fixture.expected);
  });
});
