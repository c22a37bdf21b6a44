import { describe, expect, it } from "vitest";
import { packCountry } from "../network/index.ts";
import { emptyFacet, type FacetFields, markCodes, sideBits } from "../observation/index.ts";
import { kindCode } from "../taxonomy/index.ts";
import { type Cause, causeOf, causes } from "./cause.ts";

const home = new Set([packCountry("CN")]);

const both = sideBits.victim | sideBits.origin;

/** An observation that counts. */
const counted: Partial<FacetFields> = {
  kind: kindCode("infected-system"),
  sides: both,
  victimCountry: packCountry("CN"),
  originCountry: packCountry("US"),
};

/** What makes each cause apply, whatever else is true. */
const makes: Readonly<Record<Exclude<Cause, "counted">, Partial<FacetFields>>> = {
  reservedVictim: { victimMark: markCodes.reserved },
  reservedOrigin: { originMark: markCodes.reserved },
  warningListVictim: { victimMark: markCodes.sinkhole },
  warningListOrigin: { originMark: markCodes.publicResolver },
  originNotNamed: { sides: sideBits.victim },
  unlocatedVictim: { victimCountry: 0 },
  unlocatedOrigin: { originCountry: 0 },
  foreignVictim: { victimCountry: packCountry("KR") },
  domesticOrigin: { originCountry: packCountry("CN") },
  otherKind: { kind: kindCode("scanner") },
};

const exclusions = causes.filter((cause) => cause !== "counted");

const causeFor = (fields: Partial<FacetFields>): Cause =>
  causeOf({ ...emptyFacet(), ...counted, ...fields }, home);

describe("causeOf", () => {
  it("counts control of a computer, and a back door in a site, across the border", () => {
    expect(causeFor({})).toBe("counted");
    expect(causeFor({ kind: kindCode("web-backdoor") })).toBe("counted");
  });

  it.each(exclusions)("sets aside for %s", (cause) => {
    expect(causeFor(makes[cause])).toBe(cause);
  });

  const pairs = exclusions.flatMap((first, i) =>
    exclusions.slice(i + 1).map((second) => [first, second] as const),
  );

  it.each(pairs.filter(([first, second]) => areCompatible(first, second)))(
    "says %s where %s would be true as well",
    (first, second) => {
      expect(causeFor({ ...makes[second], ...makes[first] })).toBe(first);
    },
  );

  it("counts a listing by its origin alone", () => {
    const listing = { sides: sideBits.origin, victimCountry: 0, kind: kindCode("c2-server") };
    expect(causeFor(listing)).toBe("counted");
    expect(causeFor({ ...listing, ...makes.domesticOrigin })).toBe("domesticOrigin");
  });
});

/** Whether the two can be true of one observation: they do not set one field, and an origin is named if one is looked at. */
function areCompatible(
  first: Exclude<Cause, "counted">,
  second: Exclude<Cause, "counted">,
): boolean {
  const fields = new Set(Object.keys(makes[first]));
  if (Object.keys(makes[second]).some((field) => fields.has(field))) return false;
  const origin = (cause: Cause): boolean => /origin$/i.test(cause);
  return (
    !(first === "originNotNamed" && origin(second)) &&
    !(second === "originNotNamed" && origin(first))
  );
}
