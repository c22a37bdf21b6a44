import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { alienvault } from "./index.ts";

describe("alienvault", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(alienvault, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(alienvault, fixture, 1)).toEqual(fixture.expected);
  });
});
