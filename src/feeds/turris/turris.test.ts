import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { turris } from "./index.ts";

describe("turris", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(turris, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(turris, fixture, 1)).toEqual(fixture.expected);
  });
});
