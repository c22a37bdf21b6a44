import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { suricata } from "./index.ts";

describe("suricata", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(suricata, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(suricata, fixture, 1)).toEqual(fixture.expected);
  });
});
