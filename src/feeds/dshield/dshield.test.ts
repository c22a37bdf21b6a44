import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { dshield } from "./index.ts";

describe("dshield", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(dshield, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(dshield, fixture, 1)).toEqual(fixture.expected);
  });
});
