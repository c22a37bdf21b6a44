import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { eset } from "./index.ts";

describe("eset", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(eset, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(eset, fixture, 1)).toEqual(fixture.expected);
  });
});
