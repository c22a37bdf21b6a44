import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedFormat } from "../app/ports.ts";
import { ObservationBuilder, rawText, refusalReasons } from "../core/observation/index.ts";
import { arf } from "./arf/index.ts";
import { misp } from "./misp/index.ts";
import { stix } from "./stix/index.ts";
import { xarf } from "./xarf/index.ts";

const formats = [arf, misp, stix, xarf];
const nowhere = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };

/** What comes of bytes that are said to be of the format: how many rows and refusals. */
function answers(
  format: FeedFormat,
  bytes: Uint8Array,
): { rows: number; refused: number; raw: string[]; lines: number } {
  const describeHost = (): { sector: string; country: number } => ({ sector: "", country: 0 });
  const options = { locator: nowhere, describeHost, latest: Date.UTC(2100, 0, 1) };
  const builder = new ObservationBuilder(options, 16);
  const reading = {
    format: format.name,
    type: format.name,
    mapping: "",
    columns: [],
    skip: { bytes: 0, lines: 0 },
    tlp: "amber" as const,
    notes: [],
  };
  const lines = format.open(reading).read(bytes, 1, builder);
  const { rows, refusals } = builder.finish(lines);
  for (const reason of refusals.reasons) expect(refusalReasons).toContain(reason);
  return {
    rows,
    refused: refusals.count,
    raw: refusals.reasons.map((_, at) => rawText(refusals, at)),
    lines,
  };
}

function fixturesOf({ name }: FeedFormat): Buffer[] {
  const folder = new URL(`./${name}/fixtures/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => !file.endsWith(".expected.json"))
    .map((file) => readFileSync(new URL(file, folder)));
}

const good: Record<string, object> = {
  stix: {
    type: "indicator",
    id: "indicator--00000000-0000-4000-8000-000000000001",
    pattern: "[ipv4-addr:value = '198.51.100.1']",
    valid_from: "2024-01-01T00:00:00Z",
  },
  misp: {
    type: "ip-dst",
    category: "Network activity",
    value: "198.51.100.1",
    timestamp: "1700000000",
    to_ids: true,
  },
  xarf: {
    xarf_version: "4.0.0",
    timestamp: "2024-01-01T00:00:00Z",
    source_identifier: "198.51.100.1",
    category: "messaging",
    type: "spam",
  },
};
/** Names that the readers look for, so that what is made up comes near to what is read. */
const names = fc.constantFrom(
  "type",
  "id",
  "objects",
  "pattern",
  "valid_from",
  "Event",
  "response",
  "Attribute",
  "Object",
  "value",
  "Tag",
  "Galaxy",
  "category",
  "xarf_version",
  "Report",
  "ReporterInfo",
  "source_identifier",
  "timestamp",
  "labels",
  "__proto__",
  "constructor",
  "first_observed",
  "object_refs",
  "relationship_type",
  "source_ref",
  "target_ref",
  "object_marking_refs",
  "extensions",
);
const words = fc.constantFrom(
  "indicator",
  "observed-data",
  "sighting",
  "relationship",
  "infrastructure",
  "bundle",
  "ip-dst",
  "url",
  "domain|ip",
  "198.51.100.1",
  "2024-01-01T00:00:00Z",
  "[ipv4-addr:value = '192.0.2.1']",
  "4.0.0",
  "connection",
  "ddos",
  "http://a.example/",
);
const { value: near } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(names, tie("value"), { maxKeys: 6 }),
  ),
}));

describe.each(formats)("$name", (format) => {
  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void answers(format, bytes)),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        (text) => void answers(format, Buffer.from(text)),
      ),
    );
  });

  it("never throws, whatever the JSON, and whatever of it has been cut off", () => {
    fc.assert(
      fc.property(near, fc.nat(), (value, cut) => {
        const bytes = Buffer.from(JSON.stringify(value));
        answers(format, bytes);
        answers(format, bytes.subarray(0, cut % (bytes.length + 1)));
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever is wrong with a real file, and answers no more than it has", () => {
    for (const file of fixturesOf(format)) {
      const whole = answers(format, file);
      const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
          const bytes = Buffer.from(file);
          for (const [at, byte] of changes) bytes[at] = byte;
          const { rows } = answers(format, bytes);
          expect(rows).toBeLessThanOrEqual(whole.rows + whole.refused + 4);
        }),
        { numRuns: 200 },
      );
    }
  });

  it("counts the lines, the last one too if it has no end", () => {
    for (const file of fixturesOf(format)) {
      const text = file.toString("latin1").trimEnd();
      const lines = text.split("\n").length;
      expect(answers(format, Buffer.from(text, "latin1")).lines).toBe(lines);
      expect(answers(format, Buffer.from(`${text}\n`, "latin1")).lines).toBe(lines);
    }
  });

  it("reads what it has refused as it stands in the quarantine, with the same answer", () => {
    for (const file of fixturesOf(format))
      for (const raw of answers(format, file).raw)
        expect(answers(format, Buffer.from(`${raw}\n`))).toMatchObject({ rows: 0, refused: 1 });
  });
});

describe.each([stix, misp, xarf])("$name", (format) => {
  it("takes every good element of an array, whatever stands between them", () => {
    const broken = fc.constantFrom(
      '{"type": }',
      '{"a":[1,2}',
      "tru",
      '{"type":"x" "id":1}',
      '"text"',
      "17",
      "null",
      "[]",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(broken, fc.constant("")), { maxLength: 8 }), (between) => {
        const element = JSON.stringify(good[format.name]);
        const text = `[\n${between.map((bad) => (bad === "" ? element : `${bad},\n${element}`)).join(",\n")}\n]`;
        const { rows, refused } = answers(format, Buffer.from(text));
        expect(rows).toBe(between.length);
        if (format !== misp) expect(refused).toBe(between.filter((bad) => bad !== "").length);
      }),
    );
  });
});
