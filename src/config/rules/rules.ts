import { z } from "zod";
import { priorities } from "../../core/alert/index.ts";
import { ladderSteps, orders, recipientGroups, resolveSteps } from "../../core/routing/index.ts";
import { Cidr, Country, KindName, Name, TlpLabel } from "../values.ts";
import { Asn, Domain, some, Span } from "./values.ts";

const Sector = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "is no name of a sector" });

/** Which findings a rule is for. What is left out matches anything. */
const When = z.strictObject({
  side: z.enum(["victim", "origin"]).exactOptional(),
  kinds: some(KindName).exactOptional(),
  priorities: some(z.enum(priorities)).exactOptional(),
  families: some(z.string().min(1)).exactOptional(),
  minConfidence: z.int().min(0).max(100).exactOptional(),
  sectors: some(Sector).exactOptional(),
  countries: some(Country).exactOptional(),
  networks: some(Cidr).exactOptional(),
  asns: some(Asn).exactOptional(),
  domains: some(Domain).exactOptional(),
  /** Names, or beginnings that end with `*`. */
  feeds: some(
    z.string().regex(/^[a-z0-9][a-z0-9._-]*\*?$/, { error: "is no name of a feed" }),
  ).exactOptional(),
  maxTlp: TlpLabel.exactOptional(),
});

/** How something is sent. */
const Send = z
  .strictObject({
    to: some(z.enum(recipientGroups)).default(["csirt", "operator"]),
    /** Absent: as the country has it. */
    order: z.enum(orders).nullable().default(null),
    /** `auto`, or a BCP 47 tag. */
    language: z
      .string()
      .regex(/^(auto|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, { error: "is no language such as en" })
      .default("auto"),
    attachments: z.array(z.enum(["csv", "xarf", "stix"])).default(["csv"]),
    approval: z.enum(["auto", "four-eyes"]).default("auto"),
    /** Minutes between messages about new findings, which the first message waits for as well, where its priority waits that long. */
    digestMinutes: z
      .int()
      .min(0)
      .max(31 * 24 * 60),
    ladder: z.array(z.enum(ladderSteps)).default([...ladderSteps]),
  })
  .transform(({ to, order, ladder, ...terms }) => ({ to, order, ladder, terms }));

const Rule = z
  .strictObject({
    name: Name,
    when: When.prefault({}),
    resolve: some(z.enum(resolveSteps)).exactOptional(),
    /** A reason; `false`: no later rule denies. */
    deny: z
      .union([z.string().min(1), z.literal(false)], { error: "must be a reason, or false" })
      .exactOptional(),
    send: Send.exactOptional(),
  })
  .refine((rule) => ["resolve", "deny", "send"].some((stage) => Object.hasOwn(rule, stage)), {
    error: "decides nothing: it needs resolve, deny or send",
  });

/** Timers of a priority that are not as usual. */
const Timers = z.strictObject({
  gatherMinutes: z.int().min(0).exactOptional(),
  acknowledgement: Span.nullable().exactOptional(),
  telephone: z.boolean().exactOptional(),
  reminder: Span.exactOptional(),
  nextRung: Span.nullable().exactOptional(),
  stop: Span.exactOptional(),
});

/** The routing rules as an operator writes them. */
export const RulesFile = z.strictObject({
  order: z.enum(orders).default("parallel"),
  countries: z.record(Country, z.enum(orders)).default({}),
  csirtFirstFrom: TlpLabel.default("amber"),
  caps: z
    .strictObject({
      perRecipientPerDay: z.int().min(1).default(20),
      perRun: z.int().min(1).default(500),
    })
    .prefault({}),
  legalHold: z
    .strictObject({
      countries: z.array(Country).default([]),
      institutions: z.array(z.string().min(1)).default([]),
      reason: z.string().default(""),
    })
    .prefault({})
    .refine(
      ({ countries, institutions, reason }) =>
        reason !== "" || countries.length + institutions.length === 0,
      { path: ["reason"], error: "must say why" },
    ),
  /** Kinds that are more or less urgent than usual. */
  priorities: z.partialRecord(KindName, z.enum(priorities)).default({}),
  /** In place of the usual ones. */
  criticalSectors: z.array(Sector).exactOptional(),
  timers: z.partialRecord(z.enum(priorities), Timers).default({}),
  rules: z
    .array(Rule)
    .min(1)
    .superRefine((rules, context) => {
      for (const [at, { name }] of rules.entries())
        if (rules.findIndex((rule) => rule.name === name) < at)
          context.addIssue({
            code: "custom",
            path: [at, "name"],
            message: `there is a rule "${name}" already`,
          });
    }),
});
export type RulesFile = z.output<typeof RulesFile>;
