import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { abusech } from "./index.ts";

describe("abusech", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(abusech, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(abusech, fixture, 1)).toEqual(fixture.expected);
  });
});
