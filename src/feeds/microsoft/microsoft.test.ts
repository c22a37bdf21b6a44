import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { microsoft } from "./index.ts";

describe("microsoft", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(microsoft, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(microsoft, fixture, 1)).toEqual(fixture.expected);
  });
});
