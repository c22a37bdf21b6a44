import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { tocsinCsv, tocsinJsonl } from "./index.ts";

describe("exports of our own", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    const format = fixture.file.endsWith(".csv") ? tocsinCsv : tocsinJsonl;
    expect(outcomeOf(format, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(format, fixture, 1)).toEqual(fixture.expected);
  });
});
