import { type Tlp, tlpCode } from "../marking/index.ts";
import type { AlertTerms } from "./alert.ts";

/** What decides how many people must say yes. */
export interface ApprovalFacts {
  /** What the rule says. */
  readonly approval: AlertTerms["approval"];
  readonly tlp: Tlp;
  /** From this marking on a second person's yes is needed. */
  readonly fourEyesFrom: Tlp;
  /** Whether the contact was never delivered anything. */
  readonly firstContact: boolean;
  /** A person who drafted it has looked at it: one more is enough. */
  readonly draftedByHand: boolean;
}

/** How many people must say yes before an alert leaves: four eyes for a first contact, from a marking on, or where the rule says so. */
export function approvalsNeeded(facts: ApprovalFacts): 0 | 1 | 2 {
  const delicate = tlpCode(facts.tlp) >= tlpCode(facts.fourEyesFrom);
  if (facts.approval === "auto" && !delicate && !facts.firstContact) return 0;
  return facts.draftedByHand ? 1 : 2;
}
