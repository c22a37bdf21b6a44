import { describe, expect, it } from "vitest";
import { contact } from "../../../test/directory-facts.ts";
import { dueReviews, placeholderReason, standingOf } from "./index.ts";

const NOW = "2013-06-01T00:00:00.000Z";
const verifiedOn = (day: string) => ({ at: `${day}T00:00:00.000Z`, by: "li", how: "phone" });

describe("dueReviews", () => {
  it("names a verification before it lapses, and after", () => {
    const fresh = contact("a", "fresh@a.example", { verified: verifiedOn("2013-05-01") });
    const soon = contact("a", "soon@a.example", { verified: verifiedOn("2012-12-10") });
    const lapsed = contact("a", "lapsed@a.example", { verified: verifiedOn("2012-06-01") });
    const reviews = dueReviews([fresh, soon, lapsed], NOW);
    expect(reviews.map(({ contact: id, dueAt }) => [id, dueAt.slice(0, 10)])).toEqual([
      ["a/lapsed@a.example", "2012-11-28"],
      ["a/soon@a.example", "2013-06-08"],
    ]);
    expect([fresh, soon, lapsed].map((it) => standingOf(it, NOW))).toEqual([
      "usable",
      "usable",
      "verification-lapsed",
    ]);
  });

  it("names a contact and a key that end, the soonest first", () => {
    const key = {
      type: "openpgp",
      fingerprint: "A",
      text: "",
      expires: "2013-06-20T00:00:00.000Z",
    } as const;
    const ending = contact("a", "x@a.example", {
      verified: verifiedOn("2013-05-01"),
      key,
      expires: "2013-06-10T00:00:00.000Z",
    });
    expect(dueReviews([ending], NOW)).toMatchObject([
      { dueAt: ending.expires, endings: [{ what: "contact" }, { what: "key" }] },
    ]);
  });

  it("leaves alone what is not written to anyway", () => {
    const old = verifiedOn("2010-01-01");
    expect(
      dueReviews(
        [
          contact("a", "x@a.example"),
          contact("a", "y@a.example", { verified: old, status: "superseded" }),
        ],
        NOW,
      ),
    ).toEqual([]);
  });
});

describe("placeholderReason", () => {
  it.each([
    ["abuse@lacnic.net", "registry-mailbox"],
    ["abuse@mail.ripe.net", "registry-mailbox"],
    ["abuse@iana.org", "iana"],
    ["nobody@isp.example", "unread-mailbox"],
    ["no_reply+a@isp.example", "unread-mailbox"],
    ["root@localhost", "inside-domain"],
    ["isp.example", "malformed"],
    ["@isp.example", "malformed"],
    ["a@b c", "malformed"],
  ])("refuses %s as %s", (address, reason) => expect(placeholderReason(address)).toBe(reason));

  it.each(["abuse@isp.example", "noreplyteam@isp.example", "abuse@notripe.net.example"])(
    "has nothing against %s",
    (address) => expect(placeholderReason(address)).toBeUndefined(),
  );
});
