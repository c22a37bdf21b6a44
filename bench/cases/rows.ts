import type { Alert } from "#tocsin/core/alert/index.js";
import type { Finding } from "#tocsin/core/finding/index.js";
import type { Incident } from "#tocsin/core/incident/index.js";
import { instantOf } from "#tocsin/core/time/index.js";
import type { random } from "../shared/random.ts";

const START = Date.parse("2013-05-31T00:00:00.000Z");
const at = (seconds: number) => instantOf(START + 1000 * seconds);

/** Findings with keys as hashes are: spread over all 64 bits. */
export function makeFindings(count: number, next: ReturnType<typeof random>): Finding[] {
  const word = () =>
    next
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return Array.from({ length: count }, (_, number): Finding => {
    const address = `198.51.${100 + (number % 2)}.${number % 256}`;
    return {
      key: word() + word(),
      side: "origin",
      kind: "c2-server",
      family: "zeus",
      asset: address,
      address,
      host: "",
      port: 1024 + next.below(60_000),
      protocol: "tcp",
      url: `http://c2-${number}.example/gate.php`,
      country: "US",
      asn: 64_500 + (number % 30),
      sector: "",
      firstSeen: at(number % 86_400),
      lastSeen: at(86_400 + (number % 86_400)),
      observations: 1 + next.below(900),
      counterparts: next.below(90),
      tlp: "amber",
      confidence: null,
      feeds: ["partner", "sinkhole"],
    };
  });
}

export function makeIncident(number: number): Incident {
  return {
    id: `I-20130531-${String(number).padStart(6, "0")}`,
    key: `as-${number} origin c2-server/zeus 2013-05-31`,
    institution: `as-${number}`,
    side: "origin",
    threat: "c2-server/zeus",
    priority: "P1",
    openedAt: at(number),
    windowUntil: at(86_400),
    updatedAt: at(number),
    findings: 10,
    assignee: "",
    state: { at: "open" },
  };
}

export function makeAlert(number: number): Alert {
  return {
    id: `A-20130531-${String(number).padStart(6, "0")}`,
    ticket: `TC-20130531-${String(number).padStart(6, "0")}-7`,
    incident: makeIncident(number).id,
    rung: 1,
    institution: `as-${number}`,
    contact: `as-${number}-abuse`,
    channel: "mail",
    priority: "P1",
    tlp: "green",
    rule: "c2-abroad@1a2b3c4d5e6f",
    terms: {
      language: "auto",
      attachments: ["csv", "xarf"],
      approval: "auto",
      digestMinutes: 0,
    },
    openedAt: at(number),
    state: { at: "queued", message: "alert" },
    life: {
      messages: 1,
      reminders: 0,
      firstSentAt: null,
      lastSentAt: null,
      autoRepliedAt: null,
      acknowledgedAt: null,
      escalatedAt: null,
    },
  };
}
