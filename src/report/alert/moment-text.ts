import { type Instant, later } from "../../core/time/index.ts";

/** `2013-05-28 08:00 UTC`. */
export function utcMinute(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** `2013-05-28 08:00:17`; the reader is told that it is UTC. */
export function utcSecond(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

/** In a zone of the world: `2013-05-28 04:00`; `undefined` if there is no such zone, or it is UTC itself. */
export function localMinute(instant: Instant, timeZone: string | null): string | undefined {
  if (timeZone === null) return undefined;
  const minutes = offsetMinutes(instant, timeZone);
  if (minutes === undefined || minutes === 0) return undefined;
  return later(instant, minutes * 60_000)
    .slice(0, 16)
    .replace("T", " ");
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** How far a zone is before UTC at a moment. */
function offsetMinutes(instant: Instant, timeZone: string): number | undefined {
  const format = formatOf(timeZone);
  if (format === null) return undefined;
  const name = format
    .formatToParts(Date.parse(instant))
    .find(({ type }) => type === "timeZoneName");
  const parts = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name?.value ?? "");
  if (parts === null) return undefined;
  const [, sign, hours = "0", minutes = "0"] = parts;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = isZone(timeZone)
      ? new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
      : null;
    formats.set(timeZone, format);
  }
  return format;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
