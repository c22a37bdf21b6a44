import type { EngineWords } from "./engine-words.ts";

/** The tables of the first version. A version that was ever released does not change: a later one adds to it. */
export function version1({ text, integer, bytes, counter, table, ordered }: EngineWords): string[] {
  const institution = `${text} not null references institutions (id) deferrable initially deferred`;
  const alert = `${text} not null references alerts (id)`;
  return [
    `create table institutions (id ${text} primary key, country ${text} not null, facts ${text} not null) ${ordered}`,
    `create table contacts (id ${text} primary key, institution ${institution}, facts ${text} not null) ${ordered}`,
    `create index contacts_of on contacts (institution)`,
    `create table responsibilities (
      institution ${institution}, kind ${text} not null, value ${text} not null, provenance ${text} not null,
      primary key (institution, kind, value)) ${ordered}`,

    `create table cursors (name ${text} primary key, value ${text} not null) ${ordered}`,
    `create table findings (
      key ${integer} primary key, state ${text} not null, episode ${integer} not null, folds ${integer} not null,
      last_seen ${text} not null, facts ${text} not null) ${table}`,

    `create table incidents (
      id ${text} primary key, key ${text} not null, institution ${text} not null, side ${text} not null, threat ${text} not null,
      priority ${text} not null, opened_at ${text} not null, window_until ${text} not null, updated_at ${text} not null,
      findings ${integer} not null, assignee ${text} not null, state ${text} not null, state_facts ${text} not null) ${table}`,
    `create unique index incidents_open on incidents (key) where state = 'open'`,
    `create index incidents_newest on incidents (opened_at, id)`,
    `create index incidents_by_state on incidents (state, opened_at, id)`,
    `create index incidents_by_institution on incidents (institution, opened_at, id)`,
    `create table joined (
      incident ${text} not null references incidents (id), number ${integer} not null,
      finding ${integer} not null references findings (key), at ${text} not null,
      primary key (incident, number)) ${ordered}`,
    `create unique index joined_once on joined (finding, incident)`,

    `create table alerts (
      id ${text} primary key, ticket ${text} not null unique, incident ${text} not null references incidents (id),
      rung ${integer} not null, institution ${text} not null, contact ${text} not null, channel ${text} not null,
      priority ${text} not null, tlp ${text} not null, rule ${text} not null, terms ${text} not null, opened_at ${text} not null,
      state ${text} not null, state_facts ${text} not null, life ${text} not null) ${table}`,
    `create index alerts_of on alerts (incident, opened_at, id)`,
    `create index alerts_newest on alerts (opened_at, id)`,
    `create index alerts_by_state on alerts (state, opened_at, id)`,
    `create index alerts_by_institution on alerts (institution, opened_at, id)`,
    `create table events (number ${counter}, alert ${alert}, at ${text} not null, event ${text} not null) ${table}`,
    `create index events_of on events (alert, at, number)`,
    `create table timers (
      alert ${alert}, timer ${text} not null, due_at ${text} not null, primary key (alert, timer)) ${ordered}`,
    `create index timers_due on timers (due_at, alert, timer)`,

    `create table outbox (
      delivery_key ${text} primary key, alert ${alert}, message ${text} not null, channel ${text} not null,
      institution ${text} not null, contact ${text} not null, address ${text} not null, message_id ${text} not null,
      sha256 ${text} not null, tlp ${text} not null, priority ${text} not null, reason ${text} not null,
      not_before ${text} not null, queued_at ${text} not null, state ${text} not null, state_facts ${text} not null,
      attempts ${integer} not null, bytes ${bytes} not null) ${table}`,
    `create index outbox_waiting on outbox (state, priority, queued_at, delivery_key)`,
    `create index outbox_of on outbox (alert, queued_at, delivery_key)`,
    `create index outbox_by_state on outbox (state, queued_at, delivery_key)`,
    `create index outbox_newest on outbox (queued_at, delivery_key)`,
    `create index outbox_to on outbox (contact, queued_at)`,
    `create index outbox_by_id on outbox (message_id)`,

    `create table receipts (
      number ${counter}, alert ${alert}, level ${text} not null, at ${text} not null, evidence ${text} not null) ${table}`,
    `create index receipts_of on receipts (alert, at, number)`,
    `create table inbound (
      id ${text} primary key, received_at ${text} not null, sender ${text} not null, subject ${text} not null,
      message_id ${text} not null, class ${text} not null, alert ${text} references alerts (id), matched_by ${text},
      signature ${text}, text ${text} not null, raw ${bytes} not null) ${table}`,
    `create index inbound_of on inbound (alert, received_at, id)`,
    `create index inbound_newest on inbound (received_at, id)`,

    `create table tasks (
      id ${text} primary key, kind ${text} not null, subject ${text} not null, why ${text} not null, opened_at ${text} not null,
      due_at ${text}, done_at ${text}, done_by ${text}, note ${text}) ${table}`,
    `create unique index tasks_open on tasks (subject, kind) where done_at is null`,
    `create index tasks_oldest on tasks (opened_at, id)`,
    `create index tasks_waiting on tasks (opened_at, id) where done_at is null`,
    `create index tasks_about on tasks (subject, opened_at)`,

    `create table rules (
      version ${text} primary key, text ${text} not null, saved_at ${text} not null, tried_at ${text},
      activated_at ${text}) ${table}`,
    `create table inhibitions (
      id ${text} primary key, what ${text} not null, reason ${text} not null, actor ${text} not null, since ${text} not null,
      until ${text} not null) ${table}`,
    `create table settings (name ${text} primary key, value ${text} not null) ${ordered}`,
    `create table series (name ${text} primary key, last ${integer} not null) ${ordered}`,
    `create table audit (
      number ${integer} primary key, at ${text} not null, actor ${text} not null, action ${text} not null, subject ${text} not null,
      before ${text} not null, after ${text} not null, hash ${text} not null) ${table}`,
    `create index audit_about on audit (subject, number)`,
  ];
}
