import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { tuDresden } from "./index.ts";

describe("tu-dresden", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(tuDresden, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(tuDresden, fixture, 1)).toEqual(fixture.expected);
  });
});
