import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { phishtank } from "./index.ts";

describe("phishtank", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(phishtank, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(phishtank, fixture, 1)).toEqual(fixture.expected);
  });
});
