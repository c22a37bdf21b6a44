import { describe, expect, it } from "vitest";
import { addressObject } from "./observables.ts";
import { markingOf } from "./common.ts";

describe("what a bundle is made of", () => {
  it("has observables under the ids that everybody gives them", () => {
    // STIX 2.1, section 6.13 and elsewhere: the address of the examples.
    expect(addressObject("198.51.100.3").id).toBe(
      "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
    );
  });

  it("marks what has no known label as strictly as can be", () => {
    expect(markingOf("purple")).toEqual(markingOf("red"));
    expect(markingOf("amber+strict").id).toBe(
      "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    );
  });
});
