/** Rows of the botnet as files that Tocsin reads: in the format of the replay's days. */
import { writeFileSync } from "node:fs";
import { dayText } from "#tocsin/core/measure/index.js";
import { random } from "../shared/random.ts";
import {
  type Botnet,
  DAYS,
  FIRST_DAY,
  originAddress,
  originOf,
  secondOf,
  seen,
  sighting,
  victimAddress,
} from "./botnet.ts";
import type { LateRow } from "./known-counts.ts";

const HEADER = "event_id,timestamp,victim_ip,origin_ip,origin_port,protocol,family,count\n";

/** Writes all rows of a day (counted from the first of the period); says how many. */
export function writeDay(net: Botnet, day: number, path: string): number {
  const lines = [HEADER];
  for (let victim = 0; victim < net.victims; victim++) {
    const sighted = sighting(victim, day);
    if (seen(sighted))
      lines.push(
        line(net, lines.length, victim, day, originOf(net, victim, sighted), secondOf(sighted)),
      );
  }
  writeFileSync(path, lines.join(""));
  return lines.length - 1;
}

/** Draws rows that lie on all days of the period. `batch` makes them others. */
export function drawLate(net: Botnet, rows: number, seed: string, batch: number): LateRow[] {
  const next = random(`${seed}/late/${batch}`);
  return Array.from({ length: rows }, () => ({
    victim: next.below(net.victims),
    day: next.below(DAYS),
    origin: next.below(net.countries.length),
  }));
}

/** Writes late rows. */
export function writeLate(
  net: Botnet,
  rows: readonly LateRow[],
  batch: number,
  path: string,
): void {
  const lines = rows.map(({ victim, day, origin }, at) =>
    line(net, (batch + 1) * 10_000_000 + at, victim, day, origin, at % 86_400),
  );
  writeFileSync(path, HEADER + lines.join(""));
}

function line(
  net: Botnet,
  event: number,
  victim: number,
  day: number,
  origin: number,
  second: number,
): string {
  const time = new Date(second * 1000).toISOString().slice(11, 19);
  const id = `${day}-${event.toString(36)}`;
  const addresses = `${dotted(victimAddress(victim))},${dotted(originAddress(net, origin))}`;
  return `${id},${dayText(FIRST_DAY + day)}T${time}Z,${addresses},443,tcp,amberfly,1\n`;
}

function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
