import type {
  AuditEntry,
  CaseFinding,
  InboundMessage,
  Inhibition,
  OutboundMessage,
  Receipt,
  RulesVersion,
  Task,
  TimerRow,
} from "../../app/case-ports.ts";
import type { Alert, AlertEvent } from "../../core/alert/index.ts";
import type { Incident } from "../../core/incident/index.ts";
import type { Contact, Institution, Responsibility } from "../../core/institution/index.ts";
import type { Instant } from "../../core/time/index.ts";
import { Draft } from "./draft.ts";

/** That a finding is in an incident, since when. */
export interface Joining {
  readonly finding: string;
  readonly at: Instant;
}

/** Everything that the cases are made of: what a row is, by the table's name. Rows are never changed, only replaced. */
export interface Rows {
  readonly institutions: Institution;
  readonly contacts: Contact;
  readonly responsibilities: Responsibility;
  readonly cursors: string;
  readonly findings: CaseFinding;
  readonly incidents: Incident;
  /** The open incident's id, by its key. */
  readonly openIncidents: string;
  /** By incident, in the order of joining. */
  readonly joined: readonly Joining[];
  /** Ids of incidents, by finding. */
  readonly incidentsOf: readonly string[];
  readonly alerts: Alert;
  /** Ids of alerts, by incident. */
  readonly alertsOf: readonly string[];
  /** An alert's id, by its ticket. */
  readonly tickets: string;
  readonly events: readonly { readonly at: Instant; readonly event: AlertEvent }[];
  readonly timers: TimerRow;
  readonly outbox: OutboundMessage;
  readonly receipts: readonly Receipt[];
  readonly inbound: InboundMessage;
  readonly tasks: Task;
  readonly rules: RulesVersion;
  readonly inhibitions: Inhibition;
  readonly settings: string;
  readonly series: number;
  /** By number, which is also their order. */
  readonly audit: AuditEntry;
}

/** The committed rows. */
export type Tables = { readonly [Name in keyof Rows]: Map<string, Rows[Name]> };

/** The rows as one transaction sees them. */
export type Drafts = { readonly [Name in keyof Rows]: Draft<Rows[Name]> };

const NAMES: Readonly<Record<keyof Rows, true>> = {
  institutions: true,
  contacts: true,
  responsibilities: true,
  cursors: true,
  findings: true,
  incidents: true,
  openIncidents: true,
  joined: true,
  incidentsOf: true,
  alerts: true,
  alertsOf: true,
  tickets: true,
  events: true,
  timers: true,
  outbox: true,
  receipts: true,
  inbound: true,
  tasks: true,
  rules: true,
  inhibitions: true,
  settings: true,
  series: true,
  audit: true,
};
const names = Object.keys(NAMES) as (keyof Rows)[];

export function emptyTables(): Tables {
  return Object.fromEntries(names.map((name) => [name, new Map()])) as unknown as Tables;
}

export function draftsOf(tables: Tables, writable: boolean): Drafts {
  return Object.fromEntries(
    names.map((name) => [name, new Draft<unknown>(tables[name], writable)]),
  ) as unknown as Drafts;
}

/** The tables after a transaction. With `kept` those of before stay as they are, for those who still read them. */
export function committed(tables: Tables, drafts: Drafts, kept: boolean): Tables {
  const after: Record<string, Map<string, unknown>> = { ...tables };
  for (const name of names) {
    const draft: Draft<unknown> = drafts[name];
    if (!draft.changed) continue;
    const table = kept ? new Map<string, unknown>(tables[name]) : after[name]!;
    draft.applyTo(table);
    after[name] = table;
  }
  return after as unknown as Tables;
}
