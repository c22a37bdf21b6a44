import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Statement } from "../../app/case-ports.ts";
import type { RedactedItem } from "../../core/alert/index.ts";
import { allKinds } from "../../core/taxonomy/index.ts";
import { xarf as reader } from "../../feeds/xarf/index.ts";
import { observe } from "../../feeds/shared/testing/observe.ts";
import { sharedData } from "../../../test/shared-data.ts";
import { server, site, statement } from "../../../test/golden/statements.ts";
import { makeItemXarf } from "./index.ts";
import { xarf4 } from "../../../test/exchange/xarf4-schema.ts";

const writer = makeItemXarf({ name: "Example CERT", mail: "alerts@cert.example" });
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const isXarf4 = ajv.compile(xarf4);

const folder = sharedData("xarf/schemas/3/");

/** The published schemas of version 3, as one. */
function readXarf3(from: string) {
  const schemas = readdirSync(from).map((file) => {
    const schema = JSON.parse(readFileSync(join(from, file), "utf8")) as { $id: string };
    return { ...schema, $id: `https://xarf.example/3/${file}` };
  });
  const ajv3 = new Ajv({ strict: false, allErrors: true, schemas });
  formats.default(ajv3);
  return ajv3.getSchema("https://xarf.example/3/xarf.schema.json")!;
}

const write = (items: readonly RedactedItem[], change: Partial<Statement> = {}) =>
  writer.write({ ...statement, ...change, items });
const reportsOf = (text: string): unknown[] =>
  text === "" ? [] : [JSON.parse(text) as unknown].flat();

/** Any item that a message can have. */
const anyItem: fc.Arbitrary<RedactedItem> = fc.record({
  side: fc.constantFrom("victim", "origin"),
  kind: fc.constantFrom(...allKinds),
  family: fc.oneof(fc.constantFrom("", "zeus", "Cobalt Strike", "CVE-2021-44228"), fc.string()),
  asset: fc.constantFrom("192.0.2.7", "2001:db8::7", "www.office.example"),
  address: fc.constantFrom("", "192.0.2.7", "2001:db8::7"),
  host: fc.constantFrom("", "www.office.example", "xn--fsq.example", "a_b.example", "x y"),
  port: fc.constantFrom(0, 1, 443, 65_535),
  protocol: fc.constantFrom("", "tcp", "UDP", "6", "icmp"),
  country: fc.constantFrom("", "US", "CN"),
  asn: fc.constantFrom(0, 64_500),
  firstSeen: fc.constant("2013-05-28T08:00:17.000Z"),
  lastSeen: fc.constant("2013-05-31T07:59:59.250Z"),
  observations: fc.nat(),
  confidence: fc.constantFrom(null, 0, 55, 100),
  url: fc.oneof(fc.constantFrom("", "http://www.office.example/a b?c=é#d", "x"), fc.webUrl()),
  victims: fc.constant(null),
  offenders: fc.constantFrom([], ["198.51.100.9"]),
  feeds: fc.constant([]),
  tlp: fc.constantFrom("clear", "green", "amber", "amber+strict"),
});

describe("the XARF reports of a message", () => {
  it("are valid for every kind and side, whatever the feed said", () => {
    fc.assert(
      fc.property(fc.array(anyItem, { minLength: 1, maxLength: 3 }), (items) => {
        for (const report of reportsOf(write(items))) {
          expect(isXarf4(report), JSON.stringify([report, isXarf4.errors])).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.skipIf(folder === undefined)(
    "are valid by the schemas of version 3 as well, where it has a type for them",
    () => {
      const isXarf3 = readXarf3(folder!);
      const types = new Set<unknown>();
      fc.assert(
        fc.property(anyItem, (item) => {
          for (const report of reportsOf(write([item])) as Record<string, unknown>[]) {
            if (report["Version"] === undefined) continue;
            types.add((report["Report"] as Record<string, unknown>)["ReportType"]);
            expect(isXarf3(report), JSON.stringify([report, isXarf3.errors])).toBe(true);
          }
        }),
        { numRuns: 1_000 },
      );
      expect([...types].map(String).toSorted()).toEqual([
        "Botnet",
        "DOS",
        "LoginAttack",
        "Malware",
        "OpenService",
        "Phishing",
        "PortScan",
        "Spam",
      ]);
    },
  );

  it("would be found out if they lacked what their type asks for", () => {
    const [report] = reportsOf(write([site])) as [Record<string, unknown>];
    for (const member of ["report_id", "sender", "category", "url", "compromise_type"])
      expect(isXarf4({ ...report, [member]: undefined }), member).toBe(false);
    expect(isXarf4({ ...report, compromise_type: "whatever" })).toBe(false);
  });

  it("are told about everything but an asset that is only attacked", () => {
    const silent = allKinds.filter((kind) => write([{ ...site, kind }]) === "");
    expect(allKinds.filter((kind) => write([{ ...server, kind }]) === "")).toEqual([]);
    for (const kind of ["scanner", "brute-force", "ddos", "phishing", "exploit"] as const)
      expect(silent).toContain(kind);
    for (const kind of ["infected-system", "web-backdoor", "vulnerable-system"] as const)
      expect(silent).not.toContain(kind);
  });

  it("are one object, or an array of several", () => {
    expect(JSON.parse(write([server]))).toMatchObject({ source_identifier: "192.0.2.7" });
    expect(JSON.parse(write([server, { ...server, asset: "192.0.2.8" }]))).toHaveLength(2);
  });

  it("keep their ids in a reminder, and have others under another ticket", () => {
    const id = (change: Partial<Statement>) => {
      const [report] = reportsOf(write([server], change)) as { report_id: string }[];
      return report?.report_id;
    };
    expect(id({ message: "reminder" })).toBe(id({}));
    expect(id({ ticket: "TC-20130531-000043-5" })).not.toBe(id({}));
  });

  it.each([
    [site, { kind: "web-backdoor", victim: "198.51.100.20", url: site.url, tlp: "amber" }],
    [
      { ...server, kind: "phishing" } as const,
      { kind: "phishing", origin: "192.0.2.7", tlp: "green" },
    ],
    [{ ...server, kind: "scanner" } as const, { kind: "scanner", origin: "192.0.2.7" }],
    [{ ...server, kind: "brute-force" } as const, { kind: "brute-force", origin: "192.0.2.7" }],
    [
      { ...site, kind: "infected-system", family: "zeus" } as const,
      { kind: "infected-system", family: "zeus", origin: "203.0.113.66" },
    ],
    [
      { ...server, kind: "malware-distribution" } as const,
      { kind: "malware-distribution", family: "zeus" },
    ],
  ])("mean to our own reader what they meant to us", (item, observed) => {
    const { rows } = observe(reader, "x.json", Buffer.from(write([item])));
    expect(rows).toMatchObject([observed]);
  });
});
