import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { maltrail } from "./index.ts";

describe("maltrail", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(maltrail, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(maltrail, fixture, 1)).toEqual(fixture.expected);
  });
});
