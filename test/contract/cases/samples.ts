/** Cases as tests need them, complete, with what a test is about put over them. */
import type { InboundMessage, OutboundMessage } from "../../../src/app/case-ports.ts";
import type { Alert } from "../../../src/core/alert/index.ts";
import type { Finding } from "../../../src/core/finding/index.ts";
import type { Incident } from "../../../src/core/incident/index.ts";
import type { Contact, Institution, Responsibility } from "../../../src/core/institution/index.ts";
import { instantOf, type Instant } from "../../../src/core/time/index.ts";

/** The moment so many seconds after the tests' beginning. */
export function at(seconds: number): Instant {
  return instantOf(Date.parse("2013-05-31T08:00:00.000Z") + 1000 * seconds);
}

const provenance = { source: "manual", manual: true, importedAt: at(0) };

export function institution(over: Partial<Institution> = {}): Institution {
  return {
    id: "as-64500",
    name: "Example Hosting",
    kind: "operator",
    country: "US",
    languages: ["en"],
    tier: "T1",
    relation: { state: "active", since: at(0), reason: "" },
    agreement: "",
    maxTlp: "green",
    optedOut: false,
    provenance,
    ...over,
  };
}

export function contact(over: Partial<Contact> = {}): Contact {
  return {
    id: "as-64500-abuse",
    institution: "as-64500",
    role: "abuse",
    channel: "mail",
    address: "abuse@hosting.example",
    order: 0,
    language: "en",
    key: { type: "openpgp", fingerprint: "ABCD", text: "", expires: null },
    hours: {
      timeZone: "Asia/Shanghai",
      weekdays: [1, 2],
      from: "09:00",
      until: "17:00",
      holidays: [],
    },
    status: "official",
    verified: { at: at(0), by: "li", how: "phone" },
    expires: null,
    provenance,
    ...over,
  };
}

export function responsibility(over: Partial<Responsibility> = {}): Responsibility {
  return { institution: "as-64500", kind: "asn", value: "64500", provenance, ...over };
}

/** The key of a finding by number, spread over the 64 bits as hashes are. */
export function keyOf(number: number): string {
  const spread = BigInt.asUintN(64, BigInt(number) * 0x9e3779b97f4a7c15n);
  return spread.toString(16).padStart(16, "0");
}

export function finding(number: number, over: Partial<Finding> = {}): Finding {
  const address = `198.51.100.${number % 256}`;
  return {
    key: keyOf(number),
    side: "origin",
    kind: "c2-server",
    family: "zeus",
    asset: address,
    address,
    host: "",
    port: 8080,
    protocol: "tcp",
    url: "http://c2.example/gate?a='b'\u{1F4E7}",
    country: "US",
    asn: 4_294_967_295,
    sector: "",
    firstSeen: at(0),
    lastSeen: at(60),
    observations: 3_000_000_000,
    counterparts: 17,
    tlp: "amber",
    confidence: null,
    feeds: ["sinkhole", "partner"],
    ...over,
  };
}

export function incident(number = 1, over: Partial<Incident> = {}): Incident {
  return {
    id: `I-20130531-${String(number).padStart(6, "0")}`,
    key: `as-64500 origin c2-server/zeus ${number}`,
    institution: "as-64500",
    side: "origin",
    threat: "c2-server/zeus",
    priority: "P1",
    openedAt: at(number),
    windowUntil: at(86_400),
    updatedAt: at(number),
    findings: 0,
    assignee: "",
    state: { at: "open" },
    ...over,
  };
}

/** Closed, as `incident` is over. */
export const closed = {
  at: "closed",
  on: at(900),
  by: "li",
  reason: "verified-clean",
  note: "looked at twice",
} as const;

export function alert(number = 1, over: Partial<Alert> = {}): Alert {
  return {
    id: `A-20130531-${String(number).padStart(6, "0")}`,
    ticket: `TC-20130531-${String(number).padStart(6, "0")}-7`,
    incident: incident(1).id,
    rung: 1,
    institution: "as-64500",
    contact: "as-64500-abuse",
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
    ...over,
  };
}

export function message(number = 1, over: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    deliveryKey: `${alert(1).id}/alert-${number}`,
    alert: alert(1).id,
    message: "alert",
    channel: "mail",
    institution: "as-64500",
    contact: "as-64500-abuse",
    to: "abuse@hosting.example",
    messageId: `<${number}.a1@csirt.example>`,
    bytes: Uint8Array.of(0, 255, 13, 10, number),
    sha256: "ab".repeat(32),
    tlp: "green",
    priority: "P1",
    reason: "rule c2-abroad, rung 1",
    notBefore: at(0),
    queuedAt: at(number),
    state: { at: "queued" },
    attempts: 0,
    ...over,
  };
}

export function inbound(number = 1, over: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id: number.toString(16).padStart(64, "0"),
    receivedAt: at(number),
    from: "abuse@hosting.example",
    subject: "Re: [TC-20130531-000001-7]",
    messageId: `<${number}@hosting.example>`,
    class: "answer",
    alert: null,
    matchedBy: null,
    signature: null,
    text: "Cleaned. \u65e5\u672c",
    raw: Uint8Array.of(0, 1, 254, number),
    ...over,
  };
}
