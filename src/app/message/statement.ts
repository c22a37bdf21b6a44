import { isKind, type Kind } from "../../core/taxonomy/index.ts";
import type { Draft, Statement } from "../case-ports.ts";
import type { Seen } from "./sight.ts";

/** What a draft says, once it is redacted. */
export function statementOf(
  draft: Draft,
  { items, tlp }: Seen,
  languages: readonly string[],
): Statement {
  const { alert, incident, institution, contact, message, now } = draft;
  return {
    message,
    alert: alert.id,
    ticket: alert.ticket,
    now,
    tlp,
    to: institution.name,
    timeZone: contact.hours?.timeZone ?? null,
    languages,
    side: incident.side,
    ...threatNamed(incident.threat),
    items,
    total: draft.total,
    answerBy: draft.answerBy,
    firstSentAt: message === "alert" ? null : (alert.life.firstSentAt ?? alert.openedAt),
    closing: incident.state.at === "closed" ? incident.state.reason : null,
    files: [],
  };
}

/** The parts of a threat's name (`threatOf`); a family may have a slash itself. */
function threatNamed(threat: string): { readonly kind: Kind; readonly family: string } {
  const slash = threat.indexOf("/");
  const kind = slash < 0 ? threat : threat.slice(0, slash);
  const family = slash < 0 ? "" : threat.slice(slash + 1);
  return { kind: isKind(kind) ? kind : "undetermined", family };
}
