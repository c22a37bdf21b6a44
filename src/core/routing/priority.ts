import type { Priority } from "../alert/index.ts";
import type { Finding } from "../finding/index.ts";
import type { PriorityPolicy } from "./rules.ts";

/** ALERTING 6.2: P1 C2, P2 web shells, phishing and what harms others now, P3 bots and intrusions, P4 exposure. Every kind is here. */
export const defaultPriorities: PriorityPolicy = {
  byKind: {
    "c2-server": "P1",
    "malware-distribution": "P2",
    "malware-configuration": "P2",
    phishing: "P2",
    masquerade: "P2",
    "web-backdoor": "P2",
    "unauthorised-information-modification": "P2",
    "unauthorised-information-access": "P2",
    "data-leak": "P2",
    "data-loss": "P2",
    "privileged-account-compromise": "P2",
    sabotage: "P2",
    violence: "P2",
    ddos: "P2",
    dos: "P2",
    "infected-system": "P3",
    "system-compromise": "P3",
    "application-compromise": "P3",
    "unprivileged-account-compromise": "P3",
    "unauthorised-use-of-resources": "P3",
    "brute-force": "P3",
    "ids-alert": "P3",
    exploit: "P3",
    scanner: "P3",
    sniffing: "P3",
    "social-engineering": "P3",
    spam: "P3",
    burglary: "P3",
    outage: "P3",
    other: "P3",
    undetermined: "P3",
    "ddos-amplifier": "P4",
    "harmful-speech": "P4",
    "information-disclosure": "P4",
    "potentially-unwanted-accessible": "P4",
    "vulnerable-system": "P4",
    "weak-crypto": "P4",
    copyright: "P4",
    misconfiguration: "P4",
    test: "P4",
  },
  criticalSectors: [
    "government",
    "military",
    "critical-infrastructure",
    "energy",
    "finance",
    "health",
    "telecommunications",
    "transport",
    "water",
  ],
};

/**
 * How soon somebody must be told of a finding. A victim in government or a critical sector is P1 whatever befell it; what is exposed
 * there, but not affected, is one step more urgent than elsewhere.
 */
export function priorityOf(
  finding: Pick<Finding, "kind" | "side" | "sector">,
  policy: PriorityPolicy = defaultPriorities,
): Priority {
  const usual = policy.byKind[finding.kind];
  const critical = finding.side === "victim" && policy.criticalSectors.includes(finding.sector);
  if (!critical) return usual;
  return usual === "P4" ? "P3" : "P1";
}
