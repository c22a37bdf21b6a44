import { Cron } from "croner";
import type { Schedule } from "../../app/collect-ports.ts";
import { Fault } from "../../core/fault.ts";

/** So many minutes after the last run. */
export function everyMinutes(minutes: number): Schedule {
  return { next: (after) => new Date(after.getTime() + minutes * 60_000) };
}

/**
 * A cron pattern of five fields (six with seconds) in a time zone of the IANA data base. A time that the change to summer time
 * leaves out comes at the next one that there is.
 */
export function byCron(pattern: string, timeZone: string): Schedule {
  const cron = makeCron(pattern, timeZone);
  return {
    next(after) {
      const next = cron.nextRun(after);
      if (next) return next;
      throw new Fault("config-invalid", `the schedule "${pattern}" never comes`);
    },
  };
}

function makeCron(pattern: string, timezone: string): Cron {
  try {
    const cron = new Cron(pattern, { timezone, paused: true });
    // A time zone that is none is noticed only here.
    cron.nextRun();
    return cron;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("config-invalid", `the schedule "${pattern}" (${timezone}): ${message}`, {
      cause,
    });
  }
}
