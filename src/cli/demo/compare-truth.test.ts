import { describe, expect, it } from "vitest";
import { compareTruth } from "./compare-truth.ts";

describe("compareTruth", () => {
  const known = { victims: 3, byCountry: { US: { origins: 1 }, DE: { origins: 2 } }, late: 5 };

  it("finds equal what is equal in another order, and counts the values", () => {
    const counted = { byCountry: { DE: { origins: 2 }, US: { origins: 1 } }, victims: 3 };
    expect(compareTruth(known, counted, ["late"])).toEqual({ fields: 3, differences: [] });
  });

  it("names every value that differs, is missing, or is too much", () => {
    const counted = { victims: 4, byCountry: { US: { origins: 1 }, FR: { origins: 2 } } };
    expect(compareTruth(known, counted).differences).toEqual([
      { field: "victims", known: 3, counted: 4 },
      { field: "byCountry.DE.origins", known: 2, counted: null },
      { field: "late", known: 5, counted: null },
      { field: "byCountry.FR.origins", known: null, counted: 2 },
    ]);
  });

  it("compares a field that may be left out, where it was counted", () => {
    expect(compareTruth({ late: 5 }, { late: 4 }, ["late"]).differences).toHaveLength(1);
  });
});
