import type { Priority, TaskKind } from "../../../core/alert/index.ts";
import type { Finding } from "../../../core/finding/index.ts";
import { incidentKeyOf } from "../../../core/incident/index.ts";
import type { Caps, LossReason, Route, RouteLookup } from "../../../core/routing/index.ts";
import type { Instant } from "../../../core/time/index.ts";

/** What rules would have done with the findings of a time. */
export interface DryRunReport {
  readonly version: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly findings: number;
  /** Threads that would have been begun on rung 1: one for each institution, side, priority and threat. */
  readonly alerts: number;
  /** To so many institutions. */
  readonly institutions: number;
  readonly byInstitution: readonly {
    readonly institution: string;
    readonly country: string;
    readonly alerts: number;
    readonly findings: number;
  }[];
  readonly byRule: readonly {
    readonly rule: string;
    readonly alerts: number;
    readonly findings: number;
  }[];
  readonly byPriority: Readonly<Record<Priority, number>>;
  /** Threads that would wait for a person, by whom they are for and what the person is asked for. */
  readonly held: readonly {
    readonly institution: string;
    readonly task: TaskKind;
    readonly alerts: number;
  }[];
  /** Findings that go to nobody, by the reason. */
  readonly denied: readonly { readonly reason: string; readonly findings: number }[];
  readonly unroutable: readonly { readonly reason: string; readonly findings: number }[];
  /** How often an institution that answers for an asset was passed over, by the reason. */
  readonly passedOver: readonly { readonly reason: LossReason; readonly times: number }[];
  /** Threads above the caps, if all went out on one day. */
  readonly aboveCaps: { readonly perRecipientPerDay: number; readonly perRun: number };
  /** Institutions that would keep the summary only. */
  readonly summaries: readonly string[];
}

/** Reasons that say nothing about whether somebody should be told. */
const USUAL: readonly LossReason[] = [
  "not-reached",
  "less-specific",
  "not-asked-for",
  "imported-beaten-by-manual",
];

/** Counts routes. */
export class Tally {
  readonly #caps: Caps;
  readonly #threads = new Map<
    string,
    { institution: string; rule: string; priority: Priority; contact: string }
  >();
  readonly #held = new Map<string, `${TaskKind} ${string}`>();
  readonly #findingsOf = new Counter<string>();
  readonly #rules = new Counter<string>();
  readonly #denied = new Counter<string>();
  readonly #unroutable = new Counter<string>();
  readonly #passedOver = new Counter<LossReason>();
  readonly #summaries = new Set<string>();
  #findings = 0;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  add(finding: Finding, { outcome, reason, rungs, rule, priority, summaries, trace }: Route): void {
    this.#findings++;
    if (outcome === "denied") this.#denied.add(reason);
    if (outcome === "nobody") this.#unroutable.add(reason);
    for (const { lost } of trace.candidates)
      if (lost !== null && !USUAL.includes(lost)) this.#passedOver.add(lost);
    for (const institution of summaries) this.#summaries.add(institution);
    if (outcome === "send" || outcome === "held") this.#rules.add(rule);
    for (const { institution, contact, hold } of rungs[0]?.recipients ?? []) {
      const thread = incidentKeyOf(institution, finding, priority);
      if (hold !== null) this.#held.set(thread, `${hold.task} ${institution}`);
      else {
        this.#threads.set(thread, { institution, rule, priority, contact });
        this.#findingsOf.add(institution);
      }
    }
  }

  report(
    of: Pick<DryRunReport, "version" | "since" | "until">,
    lookup: Pick<RouteLookup, "institution">,
  ): DryRunReport {
    const threads = [...this.#threads.values()];
    const alertsOf = Counter.of(threads.map(({ institution }) => institution));
    const alertsBy = Counter.of(threads.map(({ rule }) => rule));
    const priorities = Counter.of(threads.map(({ priority }) => priority));
    const perContact = Counter.of(threads.map(({ contact }) => contact));
    return {
      ...of,
      findings: this.#findings,
      alerts: threads.length,
      institutions: alertsOf.size,
      byInstitution: alertsOf.entries().map(([institution, alerts]) => ({
        institution,
        country: lookup.institution(institution)?.country ?? "",
        alerts,
        findings: this.#findingsOf.count(institution),
      })),
      byRule: this.#rules.entries().map(([rule, findings]) => ({
        rule,
        alerts: alertsBy.count(rule),
        findings,
      })),
      byPriority: {
        P1: priorities.count("P1"),
        P2: priorities.count("P2"),
        P3: priorities.count("P3"),
        P4: priorities.count("P4"),
      },
      held: Counter.of(this.#held.values())
        .entries()
        .map(([word, alerts]) => {
          const [task, institution] = word.split(" ") as [TaskKind, string];
          return { institution, task, alerts };
        }),
      denied: this.#denied.entries().map(([reason, findings]) => ({ reason, findings })),
      unroutable: this.#unroutable.entries().map(([reason, findings]) => ({ reason, findings })),
      passedOver: this.#passedOver.entries().map(([reason, times]) => ({ reason, times })),
      aboveCaps: {
        perRecipientPerDay: perContact
          .entries()
          .reduce(
            (sum, [, alerts]) => sum + Math.max(0, alerts - this.#caps.perRecipientPerDay),
            0,
          ),
        perRun: Math.max(0, threads.length - this.#caps.perRun),
      },
      summaries: [...this.#summaries].toSorted(),
    };
  }
}

/** Counts by a word. */
class Counter<K extends string> {
  readonly #counts = new Map<K, number>();

  static of<K extends string>(words: Iterable<K>): Counter<K> {
    const counter = new Counter<K>();
    for (const word of words) counter.add(word);
    return counter;
  }

  get size(): number {
    return this.#counts.size;
  }

  add(word: K): void {
    this.#counts.set(word, this.count(word) + 1);
  }

  count(word: K): number {
    return this.#counts.get(word) ?? 0;
  }

  /** The largest first, equal ones by their word. */
  entries(): [K, number][] {
    return [...this.#counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}
