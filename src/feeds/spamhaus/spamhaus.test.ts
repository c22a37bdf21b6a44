import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { spamhaus } from "./index.ts";

describe("spamhaus", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(spamhaus, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(spamhaus, fixture, 1)).toEqual(fixture.expected);
  });
});
