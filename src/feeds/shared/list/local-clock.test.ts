import { expect, it } from "vitest";
import { LocalClock } from "./local-clock.ts";

const shown = (zone: string, text: string): string =>
  new Date(new LocalClock(zone).momentOf(Date.parse(`${text}Z`))).toISOString();

it.each([
  ["Europe/Warsaw", "2020-01-15T12:00:00", "2020-01-15T11:00:00.000Z"],
  ["Europe/Warsaw", "2020-07-15T12:00:00", "2020-07-15T10:00:00.000Z"],
  // The hour that comes twice, and its neighbours.
  ["Europe/Warsaw", "2020-10-25T01:59:59", "2020-10-24T23:59:59.000Z"],
  ["Europe/Warsaw", "2020-10-25T02:00:00", "2020-10-25T01:00:00.000Z"],
  ["Europe/Warsaw", "2020-10-25T03:00:00", "2020-10-25T02:00:00.000Z"],
  // The hour that is left out.
  ["Europe/Warsaw", "2020-03-29T01:59:59", "2020-03-29T00:59:59.000Z"],
  ["Europe/Warsaw", "2020-03-29T02:30:00", "2020-03-29T01:30:00.000Z"],
  ["Europe/Warsaw", "2020-03-29T03:00:00", "2020-03-29T01:00:00.000Z"],
  ["Asia/Kathmandu", "2024-01-01T05:45:30", "2024-01-01T00:00:30.000Z"],
  ["America/New_York", "2024-11-03T01:30:00", "2024-11-03T06:30:00.000Z"],
])("in %s the clocks show %s at %s", (zone, local, moment) => {
  expect(shown(zone, local)).toBe(moment);
});
