import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { shodan } from "./index.ts";

describe("shodan", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(shodan, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(shodan, fixture, 1)).toEqual(fixture.expected);
  });
});
