import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { fraunhofer } from "./index.ts";

describe("fraunhofer", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(fraunhofer, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(fraunhofer, fixture, 1)).toEqual(fixture.expected);
  });
});
