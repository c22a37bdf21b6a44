import type { CaseSession } from "../../app/case-ports.ts";
import {
  AUDIT_HEAD,
  AuditCheck,
  headText,
  lineAfter,
  readHead,
} from "../shared/cases/audit-chain.ts";
import { canonicalJson } from "../shared/cases/canonical-json.ts";
import type { Drafts } from "./tables.ts";

export function auditIn({ audit, settings }: Drafts) {
  return {
    audit: async ({ before, after, ...entry }) => {
      const line = lineAfter(readHead(settings.at(AUDIT_HEAD)), {
        ...entry,
        before: JSON.parse(canonicalJson(before)),
        after: JSON.parse(canonicalJson(after)),
      });
      audit.put(String(line.number), line);
      settings.put(AUDIT_HEAD, headText(line));
    },
    auditTrail: async ({ subject, after = 0, limit }) =>
      audit
        .filter((row) => row.number > after && (subject === undefined || row.subject === subject))
        .slice(0, limit),
  } satisfies Partial<CaseSession>;
}

/** Follows the chain of the whole log. */
export function checkAudit({ audit, settings }: Drafts) {
  const check = new AuditCheck();
  check.take(audit.rows());
  return check.outcome(readHead(settings.at(AUDIT_HEAD)));
}
