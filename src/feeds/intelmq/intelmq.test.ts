import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { intelmq } from "./index.ts";

describe("intelmq", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(intelmq, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(intelmq, fixture, 1)).toEqual(fixture.expected);
  });
});
