/** The tables of the cases as Kysely knows them. `Json` is text; every time is the text of an `Instant`. */
import type { Generated, Kysely } from "kysely";
import type { InboundClass, InboundMessage, OutboundState } from "../../../app/case-ports.ts";
import type {
  AlertState,
  MessageKind,
  Priority,
  ReceiptLevel,
  TaskKind,
  TimerKind,
} from "../../../core/alert/index.ts";
import type { Side } from "../../../core/finding/index.ts";
import type { Incident } from "../../../core/incident/index.ts";
import type { Channel, ResponsibilityKind } from "../../../core/institution/index.ts";
import type { Tlp } from "../../../core/marking/index.ts";
import type { Instant } from "../../../core/time/index.ts";

/** A value as JSON text: what is never searched by. */
type Json = string;

/** Bytes as the engines give them. */
export type StoredBytes = Uint8Array | ArrayBuffer;

/** A 64-bit key, written as a signed number and read as text: no engine's driver gives it as a number without loss. */
export type StoredKey = bigint;

interface IncidentRow {
  readonly id: string;
  readonly key: string;
  readonly institution: string;
  readonly side: Side;
  readonly threat: string;
  readonly priority: Priority;
  readonly opened_at: Instant;
  readonly window_until: Instant;
  readonly updated_at: Instant;
  readonly findings: number;
  readonly assignee: string;
  readonly state: Incident["state"]["at"];
  /** The whole state. */
  readonly state_facts: Json;
}

interface AlertRow {
  readonly id: string;
  readonly ticket: string;
  readonly incident: string;
  readonly rung: number;
  readonly institution: string;
  readonly contact: string;
  readonly channel: Channel;
  readonly priority: Priority;
  readonly tlp: Tlp;
  readonly rule: string;
  readonly terms: Json;
  readonly opened_at: Instant;
  readonly state: AlertState["at"];
  /** The whole state. */
  readonly state_facts: Json;
  readonly life: Json;
}

interface OutboxRow {
  readonly delivery_key: string;
  readonly alert: string;
  readonly message: MessageKind;
  readonly channel: Channel;
  readonly institution: string;
  readonly contact: string;
  readonly address: string;
  readonly message_id: string;
  readonly bytes: StoredBytes;
  readonly sha256: string;
  readonly tlp: Tlp;
  readonly priority: Priority;
  readonly reason: string;
  readonly not_before: Instant;
  readonly queued_at: Instant;
  readonly state: OutboundState["at"];
  /** The whole state. */
  readonly state_facts: Json;
  readonly attempts: number;
}

interface InboundRow {
  readonly id: string;
  readonly received_at: Instant;
  readonly sender: string;
  readonly subject: string;
  readonly message_id: string;
  readonly class: InboundClass;
  readonly alert: string | null;
  readonly matched_by: InboundMessage["matchedBy"];
  readonly signature: InboundMessage["signature"];
  readonly text: string;
  readonly raw: StoredBytes;
}

interface TaskRow {
  readonly id: string;
  readonly kind: TaskKind;
  readonly subject: string;
  readonly why: string;
  readonly opened_at: Instant;
  readonly due_at: Instant | null;
  readonly done_at: Instant | null;
  readonly done_by: string | null;
  readonly note: string | null;
}

interface AuditRow {
  readonly number: number;
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
  readonly hash: string;
}

/** A row by the name of its table. */
export interface CaseTables {
  readonly institutions: { readonly id: string; readonly country: string; readonly facts: Json };
  readonly contacts: { readonly id: string; readonly institution: string; readonly facts: Json };
  readonly responsibilities: {
    readonly institution: string;
    readonly kind: ResponsibilityKind;
    readonly value: string;
    readonly provenance: Json;
  };
  readonly cursors: { readonly name: string; readonly value: string };
  readonly findings: {
    readonly key: StoredKey;
    readonly state: string;
    readonly episode: number;
    /** How often it was put in: 1 tells that it is new. */
    readonly folds: number;
    readonly last_seen: Instant;
    /** An array in the order of `FACTS`. */
    readonly facts: Json;
  };
  readonly incidents: IncidentRow;
  readonly joined: {
    readonly incident: string;
    /** The order of joining within the incident, not without gaps. */
    readonly number: number;
    readonly finding: StoredKey;
    readonly at: Instant;
  };
  readonly alerts: AlertRow;
  readonly events: {
    readonly number: Generated<number>;
    readonly alert: string;
    readonly at: Instant;
    readonly event: Json;
  };
  readonly timers: {
    readonly alert: string;
    readonly timer: TimerKind;
    readonly due_at: Instant;
  };
  readonly outbox: OutboxRow;
  readonly receipts: {
    readonly number: Generated<number>;
    readonly alert: string;
    readonly level: ReceiptLevel;
    readonly at: Instant;
    readonly evidence: string;
  };
  readonly inbound: InboundRow;
  readonly tasks: TaskRow;
  readonly rules: {
    readonly version: string;
    readonly text: string;
    readonly saved_at: Instant;
    readonly tried_at: Instant | null;
    readonly activated_at: Instant | null;
  };
  readonly inhibitions: {
    readonly id: string;
    readonly what: string;
    readonly reason: string;
    readonly actor: string;
    readonly since: Instant;
    readonly until: Instant;
  };
  readonly settings: { readonly name: string; readonly value: string };
  readonly series: { readonly name: string; readonly last: number };
  readonly audit: AuditRow;
  readonly cases_schema: { readonly version: number };
}

/** The cases as one transaction sees them. */
export type Cases = Kysely<CaseTables>;
