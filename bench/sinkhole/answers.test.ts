import { describe, expect, it } from "vitest";
import { type Answers, differences } from "./answers.ts";

const answers: Answers = {
  kept: 9,
  victims: 3,
  origins: 2,
  byCountry: { US: { victims: 2, origins: 1 }, DE: { victims: 2, origins: 1 } },
  byDay: { "2026-03-01": { victims: 3, origins: 2 } },
};

describe("differences", () => {
  it("finds none between equal answers", () => {
    expect(differences(answers, structuredClone(answers))).toEqual([]);
  });

  it("names every value that differs, and what only one side has", () => {
    const other: Answers = {
      ...answers,
      kept: 8,
      byCountry: { US: { victims: 1, origins: 1 } },
    };
    expect(differences(answers, other)).toEqual([
      "kept: 9 and 8",
      "byCountry.US.victims: 2 and 1",
      "byCountry.DE.victims: 2 and undefined",
      "byCountry.DE.origins: 1 and undefined",
    ]);
  });
});
