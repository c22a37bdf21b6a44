import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { dataplane } from "./index.ts";

describe("dataplane", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(dataplane, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(dataplane, fixture, 1)).toEqual(fixture.expected);
  });
});
