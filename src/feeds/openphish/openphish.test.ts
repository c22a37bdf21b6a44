import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { openphish } from "./index.ts";

describe("openphish", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(openphish, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(openphish, fixture, 1)).toEqual(fixture.expected);
  });
});
