import { z } from "zod";
import { inboundClasses, outboundStates } from "../../app/case-ports.ts";
import {
  alertStates,
  messageKinds,
  priorities,
  receiptLevels,
  taskKinds,
} from "../../core/alert/index.ts";
import { closeReasons } from "../../core/incident/index.ts";
import { channels } from "../../core/institution/index.ts";
import { tlpLevels } from "../../core/marking/index.ts";
import { Count, CountryCode, KindName } from "./shared.ts";

const Instant = z.string().describe("ISO 8601, UTC");
const Priority = z.enum(priorities);
const TlpName = z.enum(tlpLevels);
const Side = z.enum(["victim", "origin"]);

const Incident = z.strictObject({
  id: z.string(),
  key: z
    .string()
    .describe("institution, side, priority, marking, threat and window: one open incident a key"),
  institution: z.string(),
  side: Side,
  threat: z.string(),
  priority: Priority,
  openedAt: Instant,
  windowUntil: Instant.describe("findings from then on open another incident"),
  updatedAt: Instant,
  findings: Count,
  assignee: z.string(),
  state: z.discriminatedUnion("at", [
    z.strictObject({ at: z.literal("open") }),
    z.strictObject({
      at: z.literal("closed"),
      on: Instant,
      by: z.string(),
      reason: z.enum(closeReasons),
      note: z.string(),
    }),
  ]),
});

const Finding = z.strictObject({
  key: z.string().describe("64 bits, hex"),
  side: Side,
  kind: KindName,
  family: z.string(),
  asset: z.string(),
  address: z.string(),
  host: z.string(),
  port: Count,
  protocol: z.string(),
  url: z.string(),
  country: CountryCode,
  asn: Count,
  sector: z.string(),
  firstSeen: Instant,
  lastSeen: Instant,
  observations: Count,
  counterparts: Count.describe("when they were last counted; 0: never"),
  tlp: TlpName,
  confidence: z.number().min(0).max(100).nullable(),
  feeds: z.array(z.string()),
  state: z.string(),
  episode: z.int().min(1),
});

const Alert = z.strictObject({
  id: z.string(),
  ticket: z.string(),
  incident: z.string(),
  rung: z.int().min(1),
  institution: z.string(),
  contact: z.string().describe("empty: nobody may be written to"),
  channel: z.enum(channels),
  priority: Priority,
  tlp: TlpName,
  rule: z.string(),
  terms: z.strictObject({
    language: z.string(),
    attachments: z.array(z.enum(["csv", "xarf", "stix"])),
    approval: z.enum(["auto", "four-eyes"]),
    digestMinutes: Count,
  }),
  openedAt: Instant,
  state: z.looseObject({ at: z.enum(alertStates) }),
  life: z.strictObject({
    messages: Count,
    reminders: Count,
    firstSentAt: Instant.nullable(),
    lastSentAt: Instant.nullable(),
    autoRepliedAt: Instant.nullable(),
    acknowledgedAt: Instant.nullable(),
    escalatedAt: Instant.nullable(),
  }),
});

const Task = z.strictObject({
  id: z.string(),
  kind: z.enum(taskKinds),
  subject: z.string(),
  why: z.string(),
  openedAt: Instant,
  dueAt: Instant.nullable(),
  done: z.strictObject({ on: Instant, by: z.string(), note: z.string() }).nullable(),
});

const Message = z.strictObject({
  deliveryKey: z.string(),
  alert: z.string(),
  message: z.enum(messageKinds),
  channel: z.enum(channels),
  institution: z.string(),
  contact: z.string(),
  to: z.string(),
  messageId: z.string(),
  sha256: z.string(),
  tlp: TlpName,
  priority: Priority,
  reason: z.string(),
  notBefore: Instant,
  queuedAt: Instant,
  state: z.looseObject({ at: z.enum(outboundStates) }),
  attempts: Count,
  size: Count.describe("bytes"),
});

const Inbound = z.strictObject({
  id: z.string().describe("SHA-256 of the mail, hex"),
  receivedAt: Instant,
  from: z.string(),
  subject: z.string(),
  messageId: z.string(),
  class: z.enum(inboundClasses),
  alert: z.string().nullable().describe("null: in quarantine"),
  matchedBy: z.enum(["address", "references", "ticket", "person"]).nullable(),
  signature: z.enum(["good", "bad", "unknown-key"]).nullable().describe("null: not signed"),
  text: z.string(),
  size: Count.describe("bytes"),
});

const Receipt = z.strictObject({
  alert: z.string(),
  level: z.enum(receiptLevels),
  at: Instant,
  evidence: z.string(),
});

/** `tocsin incident assign|close --json` */
export const IncidentAnswer = z.strictObject({ incident: Incident });

/** `tocsin incident list --json` */
export const IncidentListAnswer = z.strictObject({ incidents: z.array(Incident) });

/** `tocsin incident show --json` */
export const IncidentShowAnswer = z.strictObject({
  incident: Incident,
  findings: z.array(Finding),
  alerts: z.array(Alert),
  tasks: z.array(Task),
});

/** `tocsin alert approve|hold|ack|resolve --json` */
export const AlertAnswer = z.strictObject({ alert: Alert });

/** `tocsin alert list --json` */
export const AlertListAnswer = z.strictObject({ alerts: z.array(Alert) });

/** `tocsin alert show --json` */
export const AlertShowAnswer = z.strictObject({
  alert: Alert,
  events: z.array(z.strictObject({ at: Instant, event: z.looseObject({ type: z.string() }) })),
  messages: z.array(Message),
  receipts: z.array(Receipt),
  answers: z.array(Inbound),
});

/** `tocsin alert preview --json` */
export const AlertPreviewAnswer = z.strictObject({
  to: z.string(),
  messageId: z.string(),
  tlp: TlpName,
  withheld: Count,
  subject: z.string(),
  text: z.string(),
  size: Count.describe("bytes"),
});

/** `tocsin alert send|resend --json`: what it would be with `--dry-run`, else where the alert is now. */
export const AlertSendAnswer = z.union([AlertAnswer, AlertPreviewAnswer]);

/** `tocsin outbox list --json` */
export const OutboxListAnswer = z.strictObject({
  stopped: z.string().nullable().describe("why nothing leaves; null: it does"),
  messages: z.array(Message),
});

/** `tocsin outbox send --json` */
export const OutboxSendAnswer = z.strictObject({ sent: Count, due: Count });

/** `tocsin outbox stop|start --json` */
export const OutboxStopAnswer = z.strictObject({ stopped: z.string().nullable() });

/** `tocsin task list --json` */
export const TaskListAnswer = z.strictObject({ tasks: z.array(Task) });

/** `tocsin task done --json` */
export const TaskDoneAnswer = z.strictObject({ task: Task });

/** `tocsin answer list --json` */
export const AnswerListAnswer = z.strictObject({ answers: z.array(Inbound) });

/** `tocsin answer assign --json` */
export const AnswerAssignAnswer = z.strictObject({ answer: z.string(), alert: Alert });
