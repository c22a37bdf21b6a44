import type { Happening } from "./happening.ts";
import { openRung } from "./open-rung.ts";

/** What events are let happen with, escalation included. */
export function makeHappening(given: Omit<Happening, "openRung">): Happening {
  const happening: Happening = {
    ...given,
    openRung: (session, alert, rung, now) => openRung(happening, session, alert, rung, now),
  };
  return happening;
}
