/** Arbitrary lives of a store: what comes, and what is asked in between. */
import fc from "fast-check";
import { tlpLevels } from "../../src/core/marking/index.ts";
import { breakdowns, dayText, parseDay } from "../../src/core/measure/index.ts";
import type { Row } from "./fixture-rows.ts";
import type { Asked } from "./use-store.ts";

/** Files that come in one part of a feed. */
export interface Delivered {
  readonly feed: string;
  readonly files: readonly (readonly Row[])[];
  /** Whether the part is rolled back. */
  readonly forgotten: boolean;
}

/** A part, and what is asked after it. */
export interface Chapter {
  readonly part: Delivered;
  readonly questions: readonly Asked[];
}

const firstDay = parseDay("2013-01-25")!;
/** Two turns of the month. */
const someDays = Array.from({ length: 40 }, (_, at) => dayText(firstDay + at));

const home = ["192.0.2.1", "192.0.2.2", "192.0.2.130", "2001:db8:c::1", "2001:db8:c::2"];
const abroad = ["198.51.100.1", "198.51.100.65", "198.51.100.130", "203.0.113.1", "2001:db8:a::1"];
const odd = ["192.0.2.193", "192.0.2.225", "192.0.2.250", "198.51.100.225", "203.0.113.241"];
const hosts = [
  "a.gov.example",
  "www.city-of-nowhere.gov.example",
  "b.jp.example",
  "c.nowhere.example",
];

const pick = <T>(weight: number, values: readonly T[]) => ({
  weight,
  arbitrary: fc.constantFrom(...values),
});
const none = (weight: number) => ({ weight, arbitrary: fc.constant(undefined) });

/** A row of one of the days; few values for each field, so that rows repeat and keys meet. */
const rowOf = (days: readonly string[]): fc.Arbitrary<Row> =>
  fc
    .record({
      day: fc.constantFrom(...days),
      time: fc.constantFrom("00:00:00Z", "12:00:00Z", "23:59:59.999Z"),
      kind: fc.oneof(
        pick(5, ["infected-system"] as const),
        pick(2, ["c2-server", "scanner"] as const),
        pick(3, ["web-backdoor"] as const),
      ),
      victim: fc.oneof(pick(8, home), pick(1, abroad), pick(1, odd), none(2)),
      origin: fc.oneof(pick(8, abroad), pick(1, home), pick(1, odd), none(1)),
      host: fc.oneof(pick(1, hosts), none(2)),
      family: fc.oneof(pick(2, ["zeus", "a-long-family-name"]), none(1)),
      tlp: fc.constantFrom(...tlpLevels),
    })
    .filter(({ victim, origin, host }) => Boolean(victim ?? origin ?? host))
    .map(({ day, time, kind, victim, origin, host, family, tlp }) => ({
      at: `${day}T${time}`,
      kind,
      tlp,
      ...(victim && { victim }),
      ...(origin && { origin }),
      ...(host && { host }),
      ...(family && { family }),
    }));

/** A row of any day. */
export const row = rowOf(someDays);

const partOf = (days: readonly string[]): fc.Arbitrary<Delivered> =>
  fc.record({
    feed: fc.constantFrom("sinkhole", "partner"),
    files: fc.array(fc.array(rowOf(days), { maxLength: 25, size: "max" }), {
      minLength: 1,
      maxLength: 3,
    }),
    forgotten: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, pick(1, [true])),
  });

/** Rows of all times, or of few days, before and after which the same keys are met in other parts. */
const part: fc.Arbitrary<Delivered> = fc.oneof(
  partOf(someDays),
  fc.uniqueArray(fc.constantFrom(...someDays), { minLength: 1, maxLength: 2 }).chain(partOf),
);

const question: fc.Arbitrary<Asked> = fc
  .record({
    ends: fc.tuple(fc.constantFrom(...someDays), fc.constantFrom(...someDays)),
    home: fc.oneof(pick(4, [["CN"]]), pick(1, [["CN", "JP"], ["US"], []])),
    kind: fc.oneof(none(3), pick(1, ["infected-system", "web-backdoor", "scanner"] as const)),
    by: fc.oneof(none(1), pick(3, breakdowns)),
  })
  .map(({ ends, home: asked, kind, by }) => {
    const [first, last] = ends.toSorted() as [string, string];
    return { first, last, home: asked, ...(kind && { kind }), ...(by && { by }) };
  });

/** A life of a few chapters. */
export const life: fc.Arbitrary<Chapter[]> = fc.array(
  fc.record({ part, questions: fc.array(question, { minLength: 1, maxLength: 3 }) }),
  { minLength: 1, maxLength: 8, size: "max" },
);
