import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { anubisnetworks } from "./index.ts";

describe("anubisnetworks", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(anubisnetworks, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(anubisnetworks, fixture, 1)).toEqual(fixture.expected);
  });
});
