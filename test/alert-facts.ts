// Findings and alerts for tests: everything that is not said is usual.
import type { Alert } from "../src/core/alert/index.ts";
import type { Finding } from "../src/core/finding/index.ts";

/** A finding of a test: a C2 server abroad. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    key: "0123456789abcdef",
    side: "origin",
    kind: "c2-server",
    family: "zeus",
    asset: "198.51.100.9",
    address: "198.51.100.9",
    host: "",
    port: 443,
    protocol: "tcp",
    url: "",
    country: "US",
    asn: 64_500,
    sector: "",
    firstSeen: "2013-05-01T00:00:00.000Z",
    lastSeen: "2013-05-31T00:00:00.000Z",
    observations: 7,
    counterparts: 3,
    tlp: "green",
    confidence: 80,
    feeds: ["sinkhole"],
    ...given,
  };
}

/** A fresh alert of a test. */
export function draft(given: Partial<Alert> = {}): Alert {
  return {
    id: "A-1",
    ticket: "TC-20130531-000001-4",
    incident: "I-20130531-000001",
    rung: 1,
    institution: "as-64500",
    contact: "as-64500/abuse@as64500.example",
    channel: "mail",
    priority: "P1",
    tlp: "green",
    rule: "c2@0123456789ab",
    terms: {
      language: "auto",
      attachments: ["csv"],
      approval: "auto",
      digestMinutes: 60,
    },
    openedAt: "2013-05-31T08:00:00.000Z",
    state: { at: "draft" },
    life: {
      messages: 0,
      reminders: 0,
      firstSentAt: null,
      lastSentAt: null,
      autoRepliedAt: null,
      acknowledgedAt: null,
      escalatedAt: null,
    },
    ...given,
  };
}
