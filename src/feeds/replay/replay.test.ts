import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { replay } from "./index.ts";

describe("replay", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(replay, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(replay, fixture, 1)).toEqual(fixture.expected);
  });
});
