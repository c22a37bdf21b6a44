import { describe, expect, it } from "vitest";
import { observe } from "../../feeds/shared/testing/observe.ts";
import { stix as reader } from "../../feeds/stix/index.ts";
import { server, site, statement } from "../../../test/golden/statements.ts";
import { itemStix } from "./items.ts";

describe("the STIX bundle of a message", () => {
  it("says to our own reader what it said, of an origin as of a victim", () => {
    const text = itemStix.write({ ...statement, items: [server, { ...site, tlp: "green" }] });
    const { rows, refusals } = observe(reader, "x.json", Buffer.from(text));
    expect(refusals).toEqual([]);
    expect(rows).toMatchObject([
      { kind: "c2-server", family: "zeus", origin: "192.0.2.7", originPort: 443, tlp: "green" },
      { kind: "web-backdoor", victim: "198.51.100.20", victimHost: site.host, url: site.url },
    ]);
  });
});
