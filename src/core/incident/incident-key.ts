import type { Priority } from "../alert/index.ts";
import { type Finding, threatOf } from "../finding/index.ts";
import { type Instant, later, spans } from "../time/index.ts";

/** An incident takes findings for so long after it was opened; later ones open another. */
export const WINDOW_DAYS = 28;

/**
 * Which incident a finding belongs to, apart from the window: a government's victim does not wait in the digest of the others, and what is
 * marked more strictly is a thread of its own, with its own approval and perhaps another contact.
 */
export function incidentKeyOf(
  institution: string,
  finding: Pick<Finding, "side" | "kind" | "family" | "tlp">,
  priority: Priority,
): string {
  return [institution, finding.side, priority, finding.tlp, threatOf(finding)].join("|");
}

/** The number of the window of {@link WINDOW_DAYS} that a moment is in, counted from 1970. */
export function windowOf(now: Instant): number {
  return Math.floor(Date.parse(now) / (WINDOW_DAYS * spans.day));
}

/** Until when an incident that is opened now takes findings. */
export function windowUntil(openedAt: Instant): Instant {
  return later(openedAt, WINDOW_DAYS * spans.day);
}
