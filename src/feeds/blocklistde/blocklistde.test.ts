import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { blocklistde } from "./index.ts";

describe("blocklistde", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(blocklistde, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(blocklistde, fixture, 1)).toEqual(fixture.expected);
  });
});
