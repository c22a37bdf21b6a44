import type { Priority } from "../alert/index.ts";
import type { Finding } from "../finding/index.ts";
import { whyNotMatching } from "./matches.ts";
import type { RuleTried } from "./route-types.ts";
import type { RoutingRule } from "./rules.ts";

/** The stages of a rule. */
const stages = ["resolve", "deny", "send"] as const;

/** The rules that decide the stages; absent where none does. */
export interface Decided {
  readonly resolve: RoutingRule | undefined;
  readonly deny: RoutingRule | undefined;
  readonly send: RoutingRule | undefined;
  readonly tried: readonly RuleTried[];
}

/** Tries every rule in its order: of each stage, the first that matches and has it decides. */
export function tryRules(
  rules: readonly RoutingRule[],
  finding: Finding,
  priority: Priority,
): Decided {
  const decided: Partial<Record<(typeof stages)[number], RoutingRule>> = {};
  const tried = rules.map((rule): RuleTried => {
    const why = whyNotMatching(rule.when, finding, priority);
    if (why !== undefined) return { rule: rule.name, matched: false, why, decides: [] };
    const decides = stages.filter(
      (stage) => rule[stage] !== undefined && decided[stage] === undefined,
    );
    for (const stage of decides) decided[stage] = rule;
    return { rule: rule.name, matched: true, why: "", decides };
  });
  const { resolve, deny, send } = decided;
  return { resolve, deny, send, tried };
}
