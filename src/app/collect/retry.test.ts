import { expect, it } from "vitest";
import { retryDelay } from "./retry.ts";

it("waits twice as long after each failure, up to an hour, less a random half", () => {
  const longest = [1, 2, 3, 8, 50].map((failures) => retryDelay(failures, 1, undefined) / 1000);
  expect(longest).toEqual([30, 60, 120, 3600, 3600]);
  expect(retryDelay(1, 0, undefined)).toBe(15_000);
});

it("waits at least as long as it was asked to, and no longer than a day", () => {
  expect(retryDelay(1, 0, 600)).toBe(600_000);
  expect(retryDelay(1, 0, 1)).toBe(15_000);
  expect(retryDelay(1, 0, 1e9)).toBe(86_400_000);
});
