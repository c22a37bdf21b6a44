import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { cymru } from "./index.ts";

describe("cymru", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(cymru, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(cymru, fixture, 1)).toEqual(fixture.expected);
  });
});
