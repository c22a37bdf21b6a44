import { z } from "zod";
import type { DryRunReport } from "../../app/alerting/index.ts";
import type { Inhibition } from "../../app/case-ports.ts";
import { priorities, taskKinds } from "../../core/alert/index.ts";
import { channels, responsibilityKinds } from "../../core/institution/index.ts";
import { tlpLevels } from "../../core/marking/index.ts";
import { ladderSteps, lossReasons, type Route } from "../../core/routing/index.ts";
import { allKinds } from "../../core/taxonomy/index.ts";
import { Count } from "./shared.ts";

const Priority = z.enum(priorities);
const Task = z.enum(taskKinds);
const Loss = z.enum(lossReasons);
const Group = z.enum(["csirt", "operator", "upstream", "regional"]);
const Instant = z.string().describe("ISO 8601, UTC");

const Hit = z.strictObject({
  institution: z.string(),
  kind: z.enum(responsibilityKinds),
  value: z.string(),
  length: Count.describe("bits of a network, labels of a domain; else 0"),
  manual: z.boolean(),
  source: z.string(),
});

const Address = z.strictObject({ contact: z.string(), channel: z.enum(channels) });

const Recipient = Address.extend({
  institution: z.string(),
  group: Group,
  hit: Hit,
  contact: z.string().describe("empty: nobody may be written to"),
  alternates: z.array(Address),
  hold: z
    .strictObject({ reason: z.string(), task: Task })
    .nullable()
    .describe("what a person must do before anything is sent"),
  encrypted: z.boolean(),
  tlp: z.enum(tlpLevels),
});

const Rung = z.strictObject({
  rung: z.int().min(1),
  step: z.enum(["responsible", ...ladderSteps]),
  recipients: z.array(Recipient),
  task: z.strictObject({ kind: Task, why: z.string() }).nullable(),
});

const Terms = z.strictObject({
  language: z.string(),
  attachments: z.array(z.enum(["csv", "xarf", "stix"])),
  approval: z.enum(["auto", "four-eyes"]),
  digestMinutes: Count,
});

const Trace = z.strictObject({
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      matched: z.boolean(),
      why: z.string().describe("the first condition that did not hold"),
      decides: z.array(z.enum(["resolve", "deny", "send"])),
    }),
  ),
  candidates: z.array(
    z.strictObject({
      institution: z.string(),
      group: z.enum([...Group.options, "none"]),
      hit: Hit,
      lost: Loss.nullable().describe("null: chosen"),
      detail: z.string(),
    }),
  ),
});

/** `tocsin route ASSET --json` */
export const RouteAnswer = z.strictObject({
  asset: z.string(),
  kind: z.enum(allKinds as [(typeof allKinds)[number]]),
  family: z.string(),
  side: z.enum(["victim", "origin"]),
  country: z.string(),
  asn: Count,
  sector: z.string(),
  inForce: z.boolean().describe("false: no rules are in force, this is by those that ship"),
  priority: Priority,
  outcome: z.enum(["send", "held", "denied", "nobody"]),
  reason: z.string(),
  rule: z.string(),
  terms: Terms.nullable(),
  rungs: z.array(Rung),
  summaries: z
    .array(z.string())
    .describe("institutions that keep the summary, which has counts only"),
  trace: Trace,
}) satisfies z.ZodType<Omit<Route, "finding">>;

/** `tocsin rules check FILE --json` */
export const RulesCheckAnswer = z.strictObject({ version: z.string(), rules: z.array(z.string()) });

const Version = z.strictObject({
  version: z.string(),
  savedAt: Instant.nullable(),
  triedAt: Instant.nullable(),
  activatedAt: Instant.nullable().describe("null: not in force"),
});

/** `tocsin rules show --json` */
export const RulesShowAnswer = Version.extend({ text: z.string() });

/** `tocsin rules list --json` */
export const RulesListAnswer = z.strictObject({ versions: z.array(Version) });

/** `tocsin rules activate VERSION --json` */
export const RulesActivateAnswer = Version;

/** `tocsin rules dry-run --json` */
export const RulesDryRunAnswer = z.strictObject({
  version: z.string(),
  since: Instant,
  until: Instant,
  findings: Count,
  alerts: Count.describe("one for each institution, side, priority and threat"),
  institutions: Count,
  byInstitution: z.array(
    z.strictObject({
      institution: z.string(),
      country: z.string(),
      alerts: Count,
      findings: Count,
    }),
  ),
  byRule: z.array(z.strictObject({ rule: z.string(), alerts: Count, findings: Count })),
  byPriority: z.strictObject({ P1: Count, P2: Count, P3: Count, P4: Count }),
  held: z.array(z.strictObject({ institution: z.string(), task: Task, alerts: Count })),
  denied: z.array(z.strictObject({ reason: z.string(), findings: Count })),
  unroutable: z.array(z.strictObject({ reason: z.string(), findings: Count })),
  passedOver: z.array(z.strictObject({ reason: Loss, times: Count })),
  aboveCaps: z
    .strictObject({ perRecipientPerDay: Count, perRun: Count })
    .describe("if all went out on one day"),
  summaries: z.array(z.string()),
}) satisfies z.ZodType<DryRunReport>;

/** `tocsin inhibit add --json`, `tocsin inhibit remove --json` */
export const InhibitionAnswer = z.strictObject({
  id: z.string(),
  what: z.string(),
  reason: z.string(),
  by: z.string(),
  since: Instant,
  until: Instant,
}) satisfies z.ZodType<Inhibition>;

/** `tocsin inhibit list --json` */
export const InhibitListAnswer = z.strictObject({ inhibitions: z.array(InhibitionAnswer) });
