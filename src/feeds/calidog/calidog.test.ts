import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { calidog } from "./index.ts";

describe("calidog", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(calidog, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(calidog, fixture, 1)).toEqual(fixture.expected);
  });
});
