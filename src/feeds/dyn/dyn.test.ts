import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { dyn } from "./index.ts";

describe("dyn", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(dyn, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(dyn, fixture, 1)).toEqual(fixture.expected);
  });
});
