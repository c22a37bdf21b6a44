import type { Kind } from "../taxonomy/index.ts";
import { tlpCode } from "../marking/index.ts";
import type { Question } from "./consider.ts";
import type { Resolved } from "./resolve.ts";
import type { RouteRecipient, Rung } from "./route-types.ts";
import type { LadderStep, Order, Send } from "./rules.ts";

/** Who was found for each part of the ladder. */
export type Found = Readonly<Record<RouteRecipient["group"], Resolved>>;

/** A rung that has no number yet. */
type Step = Omit<Rung, "rung">;

/** An upstream, a registrar or a registry is told of these only: what they can switch off. */
const FOR_UPSTREAM: readonly Kind[] = ["c2-server", "phishing", "web-backdoor"];

/** The rungs of a finding, those with nobody on them left out, numbered from 1. */
export function ladderOf(question: Question, send: Send, found: Found): Rung[] {
  const first = firstSteps(orderOf(question, send), found);
  const later = send.ladder.map((step) => laterStep(question, step, first, found));
  return [...first, ...later]
    .filter(({ recipients, task }) => recipients.length > 0 || task !== null)
    .map((step, index) => ({ rung: index + 1, ...step }));
}

/** CSIRT first where the rule or the country says so, or where the matter is too delicate for anybody else first. */
function orderOf({ finding, policy: { rules } }: Question, send: Send): Order {
  if (send.order !== null) return send.order;
  const delicate =
    tlpCode(finding.tlp) >= tlpCode(rules.csirtFirstFrom) ||
    (finding.side === "victim" && rules.priorities.criticalSectors.includes(finding.sector));
  if (delicate) return "csirt-first";
  return Object.hasOwn(rules.countries, finding.country)
    ? rules.countries[finding.country]!
    : rules.order;
}

function firstSteps(order: Order, { csirt, operator }: Found): Step[] {
  const step = (...groups: Resolved[]): Step => ({
    step: "responsible",
    recipients: groups.flatMap(({ chosen }) => chosen),
    task: null,
  });
  switch (order) {
    case "parallel":
      return [step(csirt, operator)];
    case "csirt-first":
      return [step(csirt), step(operator)];
    case "operator-first":
      return [step(operator), step(csirt)];
  }
}

function laterStep(question: Question, step: LadderStep, first: Step[], found: Found): Step {
  switch (step) {
    case "alternate-contact":
      return alternates(first, [...found.csirt.phones, ...found.operator.phones]);
    case "upstream": {
      const told = FOR_UPSTREAM.includes(question.finding.kind);
      return { step, recipients: told ? found.upstream.chosen : [], task: null };
    }
    case "regional":
      return { step, recipients: found.regional.chosen, task: null };
    case "home-action":
      return { step, recipients: [], task: { kind: "act-at-home", why: HOME_ACTION } };
  }
}

const HOME_ACTION =
  "nobody abroad acted: advise own operators to block or sinkhole, or ask police or the foreign office";

/** The next contact of each who was told, and a person at the telephone where there is a number. */
function alternates(first: readonly Step[], phones: readonly string[]): Step {
  const recipients = first
    .flatMap((step) => step.recipients)
    .flatMap(({ alternates: others, ...recipient }): RouteRecipient[] => {
      const [next, ...more] = others;
      return next === undefined ? [] : [{ ...recipient, ...next, alternates: more }];
    });
  const why = `call ${phones.join(", ")}`;
  return {
    step: "alternate-contact",
    recipients,
    task: phones.length > 0 ? { kind: "telephone", why } : null,
  };
}
