import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { certPl } from "./index.ts";

describe("cert-pl", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(certPl, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(certPl, fixture, 1)).toEqual(fixture.expected);
  });
});
