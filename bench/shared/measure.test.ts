import { describe, expect, it } from "vitest";
import { median, quantile } from "./measure.ts";

describe("quantile", () => {
  it("gives the nearest rank, whatever the order", () => {
    const values = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6];
    expect(median(values)).toBe(5);
    expect(quantile(values, 0.95)).toBe(10);
    expect(quantile(values, 0.9)).toBe(9);
    expect(quantile([7], 0.5)).toBe(7);
  });

  it("is not a number where there is nothing", () => {
    expect(median([])).toBeNaN();
  });
});
