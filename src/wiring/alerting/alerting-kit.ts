import { createHash, type KeyObject } from "node:crypto";
import type { CaseFinding, Composed, Composer } from "../../app/case-ports.ts";
import {
  alertOf,
  type Composing,
  type Happening,
  makeApplyEvent,
  makeHappening,
  type OutboxParts,
  previewDraft,
  RoutingBook,
  sendDue,
  STALE_AFTER_DAYS,
} from "../../app/alerting/index.ts";
import type { Workbench } from "../../cli/index.ts";
import { type Alerting, parseRules } from "../../config/index.ts";
import { type Counterparts, countOnly } from "../../core/alert/index.ts";
import { Fault, isFault } from "../../core/fault.ts";
import type { Instant } from "../../core/time/index.ts";
import { makeAlertingSecret, openAlertingSecret } from "./alerting-secret.ts";
import { makeSight } from "./sight.ts";

/** Of all counterparts of all findings in one message so many are known by name; the others are counted. */
const KNOWN_IN_A_MESSAGE = 100_000;
const KNOWN_AT_LEAST = 20;
/** While no rules are in force nothing new is queued; what is may leave at this pace. */
const PER_CONTACT_DAY = 100;

/** The part of an open data directory that alerting works over. */
export type AlertingBench = Pick<Workbench, "config" | "cases" | "store">;

/** Alerting over an open data directory. */
export class AlertingKit {
  readonly happening: Happening;
  readonly #bench: AlertingBench;
  readonly #book: RoutingBook;
  readonly #now: () => Instant;
  #secret: Promise<KeyObject> | undefined;
  #composer: Promise<Composer> | undefined;
  /** What stands on the other side of the findings that the messages under way are about. */
  #prepared: ReadonlyMap<string, Counterparts> = new Map();

  constructor(bench: AlertingBench, now: () => Instant, staleAfterDays = STALE_AFTER_DAYS) {
    const { home, alerting } = bench.config;
    this.#bench = bench;
    this.#now = now;
    this.#book = new RoutingBook({
      readRules: (text) => parseRules(text, "the rules in force"),
      home,
      ownNetworks: alerting?.ownNetworks ?? [],
    });
    this.happening = makeHappening({
      book: this.#book,
      canSend: alerting !== undefined,
      ticketPrefix: alerting?.team.ticketPrefix ?? "TC",
      fourEyesFrom: alerting?.fourEyesFrom ?? "amber",
      staleAfterDays,
    });
  }

  /** Makes messages. Throws Fault `config-invalid` if nothing says in whose name. */
  async composing(): Promise<Composing> {
    return {
      cases: await this.#bench.cases(),
      composer: await (this.#composer ??= this.#openComposer()),
      prepare: async (findings) => {
        this.#prepared = await this.#readCounterparts(findings);
      },
      happening: this.happening,
      digest: sha256,
      now: this.#now,
    };
  }

  /** The next message of an alert, as it would be now. */
  async preview(id: string): Promise<Composed & { readonly to: string }> {
    const now = this.#now();
    const { cases, composer } = await this.composing();
    const draft = await cases.read(async (session) => {
      return previewDraft(this.happening, session, await alertOf(session, id), now);
    });
    return { ...(await composer.compose(draft)), to: draft.contact.address };
  }

  /** What sends; the channels are to be closed by whoever has it. */
  async outbox(): Promise<Omit<OutboxParts, "pause">> {
    const alerting = this.settings;
    const book = this.#book;
    // Loaded when something is to leave: most commands send nothing.
    const { openChannels } = await import("./open-channels.ts");
    return {
      cases: await this.#bench.cases(),
      channels: await openChannels(alerting),
      applyEvent: makeApplyEvent(this.happening),
      caps: {
        get perContactDay() {
          return book.rules?.caps.perRecipientPerDay ?? PER_CONTACT_DAY;
        },
      },
      connections: alerting.smtp?.connections ?? 4,
      now: this.#now,
    };
  }

  /** Sends what is due now. Throws Fault `data-dir-in-use` beside a daemon, which sends by itself and would take what is under way for lost. */
  async sendDue(signal: AbortSignal): Promise<number> {
    await this.#bench.store();
    const outbox = await this.outbox();
    try {
      await outbox.cases.read((session) => this.#book.open(session, this.#now()));
      return await sendDue({ ...outbox, pause: () => Promise.resolve() }, signal);
    } finally {
      for (const channel of outbox.channels.values()) await channel.close();
    }
  }

  get settings(): Alerting {
    const { alerting } = this.#bench.config;
    if (alerting !== undefined) return alerting;
    throw new Fault(
      "config-invalid",
      "tocsin.yaml has no alerting section: it must say in whose name messages are sent",
    );
  }

  async #openComposer(): Promise<Composer> {
    const { home, feeds } = this.#bench.config;
    const secret = await (this.#secret ??= this.#openSecret());
    const sight = makeSight({
      secret,
      home,
      feeds,
      lookup: () => this.#book.lookup,
      counterpartsOf: (findings) => this.#counterpartsOf(findings),
    });
    const { openComposer } = await import("./open-composer.ts");
    return openComposer(this.settings, secret, sight);
  }

  /** Made on the first use; all who come later have the same. */
  async #openSecret(): Promise<KeyObject> {
    const { secretFile } = this.settings;
    await makeAlertingSecret(secretFile);
    return openAlertingSecret(secretFile);
  }

  async #counterpartsOf(findings: readonly CaseFinding[]): Promise<readonly Counterparts[]> {
    const prepared = findings.every(({ key }) => this.#prepared.has(key));
    const all = prepared ? this.#prepared : await this.#readCounterparts(findings);
    return findings.map((finding) => all.get(finding.key) ?? countOnly(finding));
  }

  /** Those of all of these findings. While the daemon has the observations, others know only the numbers that it left. */
  async #readCounterparts(
    findings: readonly CaseFinding[],
  ): Promise<ReadonlyMap<string, Counterparts>> {
    try {
      const store = await this.#bench.store();
      const most = Math.floor(KNOWN_IN_A_MESSAGE / Math.max(1, findings.length));
      const found = await store.findings.counterparts(findings, Math.max(KNOWN_AT_LEAST, most));
      return new Map(
        findings.map((finding) => [finding.key, found.get(finding.key) ?? countOnly(finding)]),
      );
    } catch (error) {
      if (!isFault(error) || error.code !== "data-dir-in-use") throw error;
      return new Map(findings.map((finding) => [finding.key, countOnly(finding)]));
    }
  }
}

/** SHA-256, hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
