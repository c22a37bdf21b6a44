import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { blocklistde } from "./index.ts";

describe("blocklistde", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(blocklistde, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(blocklistde, fixture, 1)).toEqual(fixture.expected);
  });

  it("takes a list that its name does not tell when the operator says that it is one", () => {
    const sample = { name: "x.lst", head: Buffer.from("192.0.2.1\n") };
    expect(blocklistde.recognise(sample)).toBeUndefined();
    expect(blocklistde.recognise({ ...sample, wanted: true })?.type).toBe("other");
    expect(blocklistde.recognise({ ...sample, name: "ssh.txt" })?.type).toBe("ssh");
    expect(blocklistde.recognise({ ...sample, name: "all.txt" })).toBeUndefined();
    expect(blocklistde.recognise({ ...sample, name: "blocklist.de_all.txt" })?.type).toBe("all");
  });
});
