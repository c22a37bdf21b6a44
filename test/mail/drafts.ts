import type { CaseFinding, Draft } from "../../src/app/case-ports.ts";
import type { Sight } from "../../src/app/message/index.ts";
import type { Alert } from "../../src/core/alert/index.ts";
import { countOnly } from "../../src/core/alert/index.ts";
import type { Institution } from "../../src/core/institution/index.ts";
import { contactWith } from "./letters.ts";

const at = "2013-05-31T08:15:00.000Z";

/** A made-up C2 server abroad. */
export const finding: CaseFinding = {
  key: "0123456789abcdef",
  side: "origin",
  kind: "c2-server",
  family: "zeus",
  asset: "192.0.2.7",
  address: "192.0.2.7",
  host: "",
  port: 443,
  protocol: "tcp",
  url: "",
  country: "US",
  asn: 64_500,
  sector: "",
  firstSeen: "2013-05-28T08:00:17.000Z",
  lastSeen: "2013-05-31T07:59:59.250Z",
  observations: 12_345,
  counterparts: 1_408,
  tlp: "green",
  confidence: 90,
  feeds: ["sinkhole"],
  state: "open",
  episode: 1,
};

/** A verified CSIRT abroad. */
export const csirt: Institution = {
  id: "national-csirt-us",
  name: "US-CERT (example)",
  kind: "national-csirt",
  country: "US",
  languages: ["en"],
  tier: "T2",
  relation: { state: "active", since: "2013-01-01T00:00:00.000Z", reason: "" },
  agreement: "",
  maxTlp: "amber",
  optedOut: false,
  provenance: { source: "manual", manual: true, importedAt: "2013-01-01T00:00:00.000Z" },
};

/** An alert that is about to be sent. */
export const alert: Alert = {
  id: "A-20130531-000042",
  ticket: "TC-20130531-000042-7",
  incident: "I-20130531-000042",
  rung: 1,
  institution: csirt.id,
  contact: "national-csirt-us-1",
  channel: "mail",
  priority: "P1",
  tlp: "green",
  rule: "origins-abroad@1",
  terms: {
    language: "auto",
    attachments: ["csv", "xarf"],
    approval: "auto",
    digestMinutes: 0,
  },
  openedAt: at,
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

/** The first message of the alert. */
export const draft: Draft = {
  alert,
  message: "alert",
  deliveryKey: "A-20130531-000042/alert-1",
  incident: {
    id: "I-20130531-000042",
    key: "k",
    institution: csirt.id,
    side: "origin",
    threat: "c2-server/zeus",
    priority: "P1",
    openedAt: at,
    windowUntil: "2013-06-30T08:15:00.000Z",
    updatedAt: at,
    findings: 1,
    assignee: "",
    state: { at: "open" },
  },
  institution: csirt,
  contact: contactWith(null),
  findings: [finding],
  total: 1,
  thread: [],
  now: at,
  answerBy: "2013-05-31T12:15:00.000Z",
};

/** A sight that knows how many there are on the other side, and nothing of them. */
export const sight: Sight = {
  recipientOf: ({ institution }, encrypted) => ({
    institution,
    encrypted,
    home: ["CN"],
    answersFor: () => true,
    pseudonym: () => "p",
    feedClass: () => "sinkhole",
    mayNameFeed: () => false,
  }),
  counterpartsOf: (findings) => Promise.resolve(findings.map(countOnly)),
};
