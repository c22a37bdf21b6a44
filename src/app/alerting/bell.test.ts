import { expect, it } from "vitest";
import { Bell } from "./bell.ts";

const never = (): Promise<void> => new Promise(() => undefined);

it("wakes all who wait, and tells who waited in vain", async () => {
  const bell = new Bell();
  const waiting = [bell.rungSince(0, never), bell.rungSince(0, never)];
  bell.ring();
  expect(await Promise.all(waiting)).toEqual([true, true]);
  expect(await bell.rungSince(1, async () => undefined)).toBe(false);
});

it("does not miss what rang before one waits", async () => {
  const bell = new Bell();
  const { rings } = bell;
  bell.ring();
  expect(await bell.rungSince(rings, never)).toBe(true);
});
