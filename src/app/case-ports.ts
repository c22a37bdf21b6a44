/**
 * What the use cases of alerting need from the outside: a store of cases, channels that carry bytes, a composer that makes them, a mailbox
 * that brings answers. Adapters implement these; `wiring/` connects them.
 */
import type {
  Alert,
  AlertEvent,
  AlertState,
  AlertTerms,
  MessageKind,
  Priority,
  ReceiptLevel,
  RedactedItem,
  TaskKind,
  TimerKind,
} from "../core/alert/index.ts";
import type { Finding, Side } from "../core/finding/index.ts";
import type { CloseReason, Incident } from "../core/incident/index.ts";
import type {
  Channel,
  Contact,
  Directory,
  DirectoryChange,
  DirectoryReading,
  Institution,
  ReadingOptions,
} from "../core/institution/index.ts";
import type { Tlp } from "../core/marking/index.ts";
import type { Kind } from "../core/taxonomy/index.ts";
import type { Instant } from "../core/time/index.ts";
import type { StopSignal } from "./collect-ports.ts";

export type { StopSignal } from "./collect-ports.ts";

/** A finding as the cases know it: the newest fold of it. */
export interface CaseFinding extends Finding {
  /** Life of the finding; the states beside `open` are set by verification. */
  readonly state: string;
  /** 1 the first time that it is seen; one more whenever it comes back. */
  readonly episode: number;
}

/** Who did something: a user's name, or a part of the program (`daemon`, `mail-in`). */
export type Actor = string;

/** One line of the audit log. Lines are numbered without gaps and chained by hash: a change of any is found. */
export interface AuditEntry {
  readonly number: number;
  readonly at: Instant;
  readonly actor: Actor;
  /** `alert.approved`, `institution.saved` ... */
  readonly action: string;
  /** What it was done to: `alert:A-...`, `institution:as-64500`. */
  readonly subject: string;
  /** JSON; `null` where there was or is nothing. */
  readonly before: unknown;
  readonly after: unknown;
  /** SHA-256, hex, of this line and of the hash before it. */
  readonly hash: string;
}

/** A timer: something falls due. */
export interface TimerRow {
  readonly alert: string;
  readonly timer: TimerKind;
  readonly dueAt: Instant;
}

/** A message on its way out. Its bytes never change after it is queued. */
export interface OutboundMessage {
  /** `<alert>/<message>-<n>`: unique for ever, which makes a second send impossible. */
  readonly deliveryKey: string;
  readonly alert: string;
  readonly message: MessageKind;
  readonly channel: Channel;
  readonly institution: string;
  readonly contact: string;
  /** The envelope's recipient, URL or folder. */
  readonly to: string;
  /** `Message-ID` of a mail with its angle brackets; the idempotency key of another channel. */
  readonly messageId: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly tlp: Tlp;
  readonly priority: Priority;
  /** Why it leaves, for the record: rule, rung, findings. */
  readonly reason: string;
  /** Not to be sent before. */
  readonly notBefore: Instant;
  readonly queuedAt: Instant;
  readonly state: OutboundState;
  readonly attempts: number;
}

/** Where a message is. Only `queued` is taken up; `sending` is written before the first network byte. */
export type OutboundState =
  | { readonly at: "queued" }
  | { readonly at: "sending"; readonly since: Instant }
  | { readonly at: "delivered"; readonly on: Instant; readonly response: string }
  | { readonly at: "unknown"; readonly on: Instant; readonly reason: string }
  | { readonly at: "refused"; readonly on: Instant; readonly reason: string }
  | { readonly at: "withdrawn"; readonly on: Instant; readonly reason: string };

/** All states that a message can be in. */
export const outboundStates = [
  "queued",
  "sending",
  "delivered",
  "unknown",
  "refused",
  "withdrawn",
] as const satisfies readonly OutboundState["at"][];

/** A proof of how far a message came, or of an answer. */
export interface Receipt {
  readonly alert: string;
  readonly level: ReceiptLevel;
  readonly at: Instant;
  /** What it rests on: a server's answer, the id of an inbound message. */
  readonly evidence: string;
}

/** What a message that came in can be. */
export const inboundClasses = [
  "answer",
  "auto-reply",
  "delivery-failure",
  "delivery-delay",
  "delivery-success",
] as const;

/** One of {@link inboundClasses}. */
export type InboundClass = (typeof inboundClasses)[number];

/** A message that came in, with what was made of it. */
export interface InboundMessage {
  /** SHA-256 of the raw bytes, hex: the same mail fetched twice is one. */
  readonly id: string;
  readonly receivedAt: Instant;
  readonly from: string;
  readonly subject: string;
  readonly messageId: string;
  readonly class: InboundClass;
  /** The alert that it answers, by `matchedBy`; `null`: in quarantine, until a person says. */
  readonly alert: string | null;
  readonly matchedBy: "address" | "references" | "ticket" | "person" | null;
  /** Whether a signature of the contact's key was verified: `null` if it is not signed. */
  readonly signature: "good" | "bad" | "unknown-key" | null;
  /** The readable text, at most 64 KiB. */
  readonly text: string;
  readonly raw: Uint8Array;
}

/** Something that only a person can do. One open task a subject and kind. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** `alert:...`, `contact:...`, `incident:...`. */
  readonly subject: string;
  readonly why: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  readonly done: { readonly on: Instant; readonly by: Actor; readonly note: string } | null;
}

/** A version of the routing rules. One at most is active. */
export interface RulesVersion {
  /** SHA-256 of the text, hex, first 12. */
  readonly version: string;
  /** YAML, as the operator wrote it. */
  readonly text: string;
  readonly savedAt: Instant;
  /** When it was last tried dry, `null` if never: then it cannot be activated. */
  readonly triedAt: Instant | null;
  readonly activatedAt: Instant | null;
}

/** That some findings are not to be alerted, until a date. */
export interface Inhibition {
  readonly id: string;
  /** A CIDR, an AS number (`AS64500`), a domain, an institution (`institution:ID`) or a threat (`threat:c2-server/zeus`). */
  readonly what: string;
  readonly reason: string;
  readonly by: Actor;
  readonly since: Instant;
  readonly until: Instant;
}

export interface IncidentFilter {
  readonly state?: "open" | "closed";
  readonly institution?: string;
  readonly priority?: Priority;
  readonly assignee?: string;
  readonly threat?: string;
  /** Ids before this one, in the order of the listing (newest first): for paging. */
  readonly before?: string;
  readonly limit: number;
}

export interface AlertFilter {
  readonly incident?: string;
  readonly institution?: string;
  readonly state?: AlertState["at"];
  readonly priority?: Priority;
  readonly before?: string;
  readonly limit: number;
}

/** What a listing of incidents and alerts is counted by, for "counts by country". */
export interface AlertTally {
  readonly institution: string;
  readonly country: string;
  readonly alerts: number;
  readonly findings: number;
}

/**
 * One transaction on the cases. What is read is as of its beginning; all that is written becomes durable together, or not at all.
 * A change that names what is not there, or contradicts what is, throws Fault `case-conflict`: at once or when the transaction ends. Let a
 * fault end the work: what is done after it may not be kept.
 * Every method that changes something leaves the audit log to `audit`, which its use case calls in the same transaction.
 */
export interface CaseSession {
  // The directory
  directory(): Promise<Directory>;
  institution(id: string): Promise<Institution | undefined>;
  contact(id: string): Promise<Contact | undefined>;
  contactsOf(institution: string): Promise<Contact[]>;
  /** Applies changes: `after: null` removes. An institution's contacts and responsibilities must be removed before it. */
  changeDirectory(changes: readonly DirectoryChange[]): Promise<void>;
  /** Moves by one with every change of the directory: what is cached of it is old when this differs. */
  directoryVersion(): Promise<number>;

  // What the observation store has folded so far
  cursor(name: string): Promise<string | undefined>;
  setCursor(name: string, value: string): Promise<void>;
  /** Takes folds of findings: new ones are made (episode 1, `open`), known ones replaced in their facts. Tells which are new. */
  putFindings(findings: readonly Finding[]): Promise<{ readonly fresh: ReadonlySet<string> }>;
  finding(key: string): Promise<CaseFinding | undefined>;

  // Incidents
  incident(id: string): Promise<Incident | undefined>;
  /** The open incident of a key. */
  openIncident(key: string): Promise<Incident | undefined>;
  incidents(filter: IncidentFilter): Promise<Incident[]>;
  putIncident(incident: Incident): Promise<void>;
  /** Adds findings to an incident; those that it has are not added twice. Returns how many are new to it. */
  joinFindings(incident: string, findings: readonly string[], at: Instant): Promise<number>;
  /** Findings of an incident in the order of joining; only those that joined at or after `since`; at most `limit`, after skipping `offset`. */
  findingsOf(
    incident: string,
    page: { readonly since?: Instant; readonly offset?: number; readonly limit: number },
  ): Promise<CaseFinding[]>;
  /** The incidents that a finding is in. */
  incidentsOf(finding: string): Promise<Incident[]>;

  // Alerts
  alert(id: string): Promise<Alert | undefined>;
  alertByTicket(ticket: string): Promise<Alert | undefined>;
  alerts(filter: AlertFilter): Promise<Alert[]>;
  putAlert(alert: Alert): Promise<void>;
  /** What happened to an alert, oldest first. */
  events(alert: string): Promise<{ readonly at: Instant; readonly event: AlertEvent }[]>;
  addEvent(alert: string, at: Instant, event: AlertEvent): Promise<void>;
  setTimer(timer: TimerRow): Promise<void>;
  clearTimer(alert: string, timer: TimerKind): Promise<void>;
  /** Timers due at or before a moment, the earliest first. */
  dueTimers(now: Instant, limit: number): Promise<TimerRow[]>;
  /** When the next one is due; `undefined` if none is set. */
  nextTimer(): Promise<Instant | undefined>;
  /**
   * Open incidents' alerts and distinct findings by the incidents' institution and its country, of one side if given: the most findings
   * first.
   */
  tally(side?: Side): Promise<AlertTally[]>;

  // The outbox
  /** Puts a message in. Returns false, and changes nothing, if the key was used before. */
  queueMessage(message: OutboundMessage): Promise<boolean>;
  message(deliveryKey: string): Promise<OutboundMessage | undefined>;
  /** The message of this `Message-ID`. */
  messageById(messageId: string): Promise<OutboundMessage | undefined>;
  /** The newest first, as all listings of what was sent and came in. */
  messages(filter: {
    readonly alert?: string;
    readonly state?: OutboundState["at"];
    readonly limit: number;
  }): Promise<OutboundMessage[]>;
  /** Queued messages that may go now: P1 first, then the longest waiting. */
  sendable(now: Instant, limit: number): Promise<OutboundMessage[]>;
  /**
   * Takes up a message: from `queued` to `sending` since now, with one attempt more. False, and nothing is changed, if it is not queued any
   * more or may not go yet; so of all who try one has it.
   */
  takeMessage(deliveryKey: string, now: Instant): Promise<boolean>;
  setMessageState(
    deliveryKey: string,
    state: OutboundState,
    attempts: number,
    notBefore?: Instant,
  ): Promise<void>;
  /** Messages to a contact, queued since a moment, that left or may have: what a cap is held against. */
  countMessages(contact: string, since: Instant): Promise<number>;
  /** Messages that a contact was ever delivered: 0 means that the next is the first contact. */
  countDelivered(contact: string): Promise<number>;

  // What comes back
  addReceipt(receipt: Receipt): Promise<void>;
  receiptsOf(alert: string): Promise<Receipt[]>;
  /** Stores a message that came in; false if it is known already. */
  addInbound(message: InboundMessage): Promise<boolean>;
  inbound(filter: {
    readonly alert?: string | null;
    readonly id?: string;
    /** Hex digits: those whose ids begin with them. */
    readonly idBegins?: string;
    readonly limit: number;
  }): Promise<InboundMessage[]>;
  /** A person says which alert a quarantined message answers. */
  assignInbound(id: string, alert: string): Promise<void>;

  // Tasks: the oldest first
  /** Opens a task, unless one of its kind and subject is open. Returns the open one. */
  openTask(task: Omit<Task, "done">): Promise<Task>;
  tasks(filter: {
    readonly id?: string;
    readonly open?: boolean;
    readonly kind?: TaskKind;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<Task[]>;
  finishTask(id: string, by: Actor, at: Instant, note: string): Promise<void>;

  // Policy
  rulesVersions(): Promise<RulesVersion[]>;
  activeRules(): Promise<RulesVersion | undefined>;
  /** Saves a version, or what has changed of it; activating one ends the other's. */
  putRules(rules: RulesVersion): Promise<void>;
  inhibitions(now: Instant): Promise<Inhibition[]>;
  putInhibition(inhibition: Inhibition): Promise<void>;
  removeInhibition(id: string): Promise<void>;
  /** Small named facts: the kill switch, keys' fingerprints. */
  setting(name: string): Promise<string | undefined>;
  setSetting(name: string, value: string): Promise<void>;
  /** The next number of a series, from 1, without gaps: ticket and incident numbers of a day. */
  nextNumber(series: string): Promise<number>;

  // The audit log
  audit(entry: {
    readonly at: Instant;
    readonly actor: Actor;
    readonly action: string;
    readonly subject: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }): Promise<void>;
  auditTrail(filter: {
    readonly subject?: string;
    readonly after?: number;
    readonly limit: number;
  }): Promise<AuditEntry[]>;
}

/** The cases: transactional, durable. */
export interface CaseStore {
  /**
   * Runs work in one transaction and gives what it gives. One at a time writes: the others wait. If the work throws, nothing is
   * changed. On a server that others write to as well, work that lost a race is run again; so it must have no effect besides.
   * It writes through its session only: through the store it would wait for itself.
   */
  write<T>(work: (session: CaseSession) => Promise<T>): Promise<T>;
  /** Like `write`, for work that only reads; it may go on beside a writer. */
  read<T>(work: (session: CaseSession) => Promise<T>): Promise<T>;
  /** Recomputes the audit log's chain; the number of the first line that does not fit, `null` if all do. */
  verifyAudit(): Promise<{ readonly lines: number; readonly broken: number | null }>;
  close(): Promise<void>;
}

/** A form in which others keep their directory of contacts. Adapters of `enrich/contacts-*` implement it. */
export interface ContactsFormat {
  /** What operators call it; the source of its facts unless another is named. */
  readonly name: string;
  readonly title: string;
  /** Whether a file of it is all that the source knows, so that what is not in it has gone. */
  readonly whole: boolean;
  /** Whether its files lead to each other, so that several are read as one. */
  readonly several: boolean;
  /**
   * Reads a file. Never throws for what is in it: a bad record is refused and costs itself only. Every contact comes unverified or
   * superseded, whatever the file says of it.
   */
  read(chunks: AsyncIterable<Uint8Array>, options: ReadingOptions): Promise<DirectoryReading>;
}

/** What came of trying to deliver. */
export type Delivery =
  /** The other side took it: SMTP 250, HTTP 2xx, the file is in place. */
  | { readonly outcome: "delivered"; readonly response: string }
  /** It said for certain that it did not, and may later; `retryAfterSeconds` if it said when. */
  | { readonly outcome: "deferred"; readonly reason: string; readonly retryAfterSeconds?: number }
  /** It said for certain that it never will. */
  | { readonly outcome: "refused"; readonly reason: string }
  /** The connection was lost after the message may have been taken. */
  | { readonly outcome: "unknown"; readonly reason: string };

/** A way out. It sends committed bytes, and decides nothing. */
export interface MessageChannel {
  readonly channel: Channel;
  /** Never throws for what the network or the other side does. */
  deliver(message: OutboundMessage, signal: StopSignal): Promise<Delivery>;
  close(): Promise<void>;
}

/** What a message is made of. */
export interface Draft {
  readonly alert: Alert;
  readonly message: MessageKind;
  readonly deliveryKey: string;
  readonly incident: Incident;
  readonly institution: Institution;
  readonly contact: Contact;
  /** All that it is about; the composer lets out only what the institution's tier may see. */
  readonly findings: readonly CaseFinding[];
  /** How many findings the incident has in all. */
  readonly total: number;
  /** Message-IDs of the thread so far, oldest first. */
  readonly thread: readonly string[];
  readonly now: Instant;
  /** When an acknowledgement is due, if one is. */
  readonly answerBy: Instant | null;
}

/** The bytes of a message, and what it turned out to be. */
export interface Composed {
  readonly messageId: string;
  readonly bytes: Uint8Array;
  /** The strictest marking that is in it. */
  readonly tlp: Tlp;
  /** Items that stay in because of their marking. */
  readonly withheld: number;
  readonly subject: string;
  /** As a person reads it, for `alert preview`. */
  readonly text: string;
}

/** Makes the exact bytes of a message: words, redaction, attachments, signature. Throws Fault `message-not-allowed` when nothing may be said. */
export interface Composer {
  compose(draft: Draft): Promise<Composed>;
}

/** What a message says, after redaction: its words and its attachments are made of this, and of nothing else. */
export interface Statement {
  readonly message: MessageKind;
  readonly alert: string;
  readonly ticket: string;
  readonly now: Instant;
  /** The strictest marking in it. */
  readonly tlp: Tlp;
  /** The institution's name, as the directory has it. */
  readonly to: string;
  /** Of the contact, an IANA name; `null` if we do not know it. */
  readonly timeZone: string | null;
  /** BCP 47, those that it is written in, in this order; at least one. */
  readonly languages: readonly string[];
  readonly side: Side;
  readonly kind: Kind;
  /** Empty if no feed says. */
  readonly family: string;
  /** None in a closure and in a verification, which speak of no asset. */
  readonly items: readonly RedactedItem[];
  /** Findings of the incident in all. */
  readonly total: number;
  readonly answerBy: Instant | null;
  /** When the thread began; `null` if this is its first message. */
  readonly firstSentAt: Instant | null;
  /** Why the incident was closed, of a closure. */
  readonly closing: CloseReason | null;
  /** Names of the files that are attached. */
  readonly files: readonly string[];
}

/** The words of a message. */
export interface Wording {
  readonly subject: string;
  /** A subject that says nothing of the matter, for a message whose text is encrypted. */
  readonly outerSubject: string;
  /** Lines end with `\n`. */
  readonly text: string;
}

/** Finds the words of a statement. */
export interface Wordsmith {
  /** Languages that it knows, the one for everybody first. */
  readonly languages: readonly string[];
  write(statement: Statement): Wording;
}

/** A file beside the text. */
export interface Attachment {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

/** Writes the items of a message in the words of a standard. */
export interface ItemWriter {
  readonly format: AlertTerms["attachments"][number];
  /** What its files end with: `csv`, `json`. */
  readonly ending: string;
  readonly type: string;
  /** The whole file; empty if the standard has nothing to say of these items. */
  write(statement: Statement): string;
}

/** All that goes into an envelope. */
export interface Letter {
  readonly statement: Statement;
  readonly wording: Wording;
  readonly attachments: readonly Attachment[];
  readonly deliveryKey: string;
  readonly contact: Contact;
  /** Message-IDs of the thread so far, oldest first. */
  readonly thread: readonly string[];
  /** That only the contact can read it. */
  readonly sealed: boolean;
}

/** Makes the bytes that a channel carries. */
export interface Envelope {
  /** `null` if it can be sealed, so that only this contact can read it; else why not. */
  whyOpen(contact: Contact, now: Instant): Promise<string | null>;
  /** The same letter gives the same id, and unless it is encrypted the same bytes. */
  pack(letter: Letter): Promise<{ readonly messageId: string; readonly bytes: Uint8Array }>;
}

/** A mailbox that answers come to. */
export interface Mailbox {
  /** Messages that are not taken yet, oldest first; each is marked as taken by calling `taken`. */
  fetch(signal: StopSignal): AsyncIterable<{
    readonly raw: Uint8Array;
    readonly receivedAt: Instant;
    taken(): Promise<void>;
  }>;
  close(): Promise<void>;
}

/** What an inbound message says, before it is matched. */
export interface ReadMail {
  readonly from: string;
  /** Every address that it was sent to. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  /** `In-Reply-To` and `References`, oldest first. */
  readonly references: readonly string[];
  readonly class: InboundClass;
  /** Of a delivery report: the message that it is about, and what is wrong. */
  readonly about: {
    readonly messageId: string;
    readonly status: string;
    readonly reason: string;
  } | null;
  readonly text: string;
  readonly signed: boolean;
  /** Checks the signature against a contact's keys. */
  verify(keys: readonly string[]): Promise<"good" | "bad" | "unknown-key" | null>;
}

/** Reads raw mail. Never throws on any bytes. */
export interface MailReader {
  read(raw: Uint8Array): Promise<ReadMail>;
  /** The alert whose reply address this is, if its HMAC is right. */
  alertOfAddress(address: string): string | undefined;
}
