import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { blueliv } from "./index.ts";

describe("blueliv", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(blueliv, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(blueliv, fixture, 1)).toEqual(fixture.expected);
  });
});
