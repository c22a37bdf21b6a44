import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { type Observed, observe } from "../shared/testing/observe.ts";
import { stix } from "./index.ts";

const id = (type: string, n: number): string =>
  `${type}--00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const indicator = (n: number, pattern: string, more: object = {}): object => ({
  type: "indicator",
  id: id("indicator", n),
  pattern,
  valid_from: "2024-01-01T00:00:00Z",
  ...more,
});
const link = (n: number, type: string, from: string, to: string): object => ({
  type: "relationship",
  id: id("relationship", n),
  created: "2024-01-01T00:00:00Z",
  relationship_type: type,
  source_ref: from,
  target_ref: to,
});
const head = (value: unknown): { name: string; head: Uint8Array } => ({
  name: "x.json",
  head: Buffer.from(JSON.stringify(value)),
});
const read = (value: unknown): readonly Observed[] =>
  observe(stix, "x.json", Buffer.from(JSON.stringify(value))).rows;
const one = indicator(1, "[ipv4-addr:value = '198.51.100.1']");

describe("stix", () => {
  it.each(readFixtures(import.meta.url))(
    "reads $file, and what stands after a bad one",
    (fixture) => {
      expect(outcomeOf(stix, fixture)).toEqual(fixture.expected);
    },
  );

  it.each([
    ["a bundle", { type: "bundle", id: id("bundle", 1), objects: [one] }],
    ["a bundle whose type comes last", { id: id("bundle", 1), objects: [one], type: "bundle" }],
    ["an envelope of TAXII", { more: false, objects: [one] }],
    ["an envelope with a next page", { more: true, next: "abc", objects: [one] }],
    ["an array of objects", [one]],
    ["an object", one],
    ["an array of bundles", [{ type: "bundle", id: id("bundle", 1), objects: [one] }]],
  ])("takes %s", (_, value) => {
    expect(stix.recognise(head(value))).toMatchObject({ format: "stix", whole: true });
    expect(read(value)).toMatchObject([{ origin: "198.51.100.1" }]);
  });

  it("takes an empty bundle and an empty envelope, which hold nothing", () => {
    expect(read({ type: "bundle", id: id("bundle", 1) })).toEqual([]);
    expect(read({ more: false })).toEqual([]);
    expect(read({ objects: [] })).toEqual([]);
  });

  it("is told by a beginning that is cut off", () => {
    const text = JSON.stringify({ objects: [one, one], id: id("bundle", 1), type: "bundle" });
    const cut = { name: "x", head: Buffer.from(text.slice(0, -60)) };
    expect(stix.recognise(cut)).toBeDefined();
  });

  it.each([
    {},
    [],
    1,
    { Event: {} },
    { objects: [{ a: 1 }] },
    { type: "indicator", id: "5" },
    { xarf_version: "4" },
  ])("does not take %j", (value) => {
    expect(stix.recognise(head(value))).toBeUndefined();
  });

  it("takes the TLP of all ways in which it is marked, the most restricted one", () => {
    const own = id("marking-definition", 7);
    const marking = {
      type: "marking-definition",
      id: own,
      definition_type: "tlp",
      definition: { tlp: "red" },
    };
    const second = {
      type: "marking-definition",
      id: id("marking-definition", 8),
      extensions: {
        "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": { tlp_2_0: "amber+strict" },
      },
    };
    const marked = (n: number, ...refs: string[]): object =>
      indicator(n, "[ipv4-addr:value = '198.51.100.1']", { object_marking_refs: refs });
    const green = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da";
    const rows = read([
      marked(1, green, own),
      marked(2, second.id),
      marked(3, green),
      indicator(4, "[ipv4-addr:value = '198.51.100.1']", { labels: ["TLP:CLEAR"] }),
      marking,
      second,
    ]);
    expect(rows.map((row) => row["tlp"])).toEqual(["red", "amber+strict", "green", "clear"]);
  });

  it("finds the family over infrastructure and observables, and not over a campaign", () => {
    const malware = { type: "malware", id: id("malware", 1), name: "Dridex" };
    const used = {
      type: "infrastructure",
      id: id("infrastructure", 1),
      infrastructure_types: ["command-and-control"],
    };
    const rows = read([
      indicator(1, "[ipv4-addr:value = '198.51.100.1']"),
      indicator(2, "[ipv4-addr:value = '198.51.100.2']"),
      { type: "campaign", id: id("campaign", 1), name: "c" },
      malware,
      used,
      link(1, "indicates", id("indicator", 1), used.id),
      link(2, "controls", used.id, malware.id),
      link(3, "indicates", id("indicator", 2), id("campaign", 1)),
      link(4, "uses", id("campaign", 1), malware.id),
    ]);
    expect(rows).toMatchObject([{ kind: "c2-server", family: "Dridex" }, { kind: "undetermined" }]);
    expect(rows[1]!["family"]).toBeUndefined();
  });

  it("says which end is the victim by what is said of the connection", () => {
    const pattern =
      "[network-traffic:src_ref.value = '192.0.2.1' AND network-traffic:dst_ref.value = '198.51.100.1' AND network-traffic:dst_port = 22]";
    const rows = read([
      indicator(1, pattern, { name: "SSH brute force" }),
      indicator(2, pattern, { name: "C2 traffic" }),
      indicator(3, "[network-traffic:src_ref.value = '192.0.2.1']", { name: "port scan" }),
      indicator(4, "[ipv4-addr:value = '192.0.2.1']", { indicator_types: ["compromised"] }),
    ]);
    expect(rows).toMatchObject([
      { kind: "brute-force", origin: "192.0.2.1", victim: "198.51.100.1", victimPort: 22 },
      { kind: "infected-system", victim: "192.0.2.1", origin: "198.51.100.1", originPort: 22 },
      { kind: "scanner", origin: "192.0.2.1" },
      { kind: "system-compromise", victim: "192.0.2.1" },
    ]);
  });

  it("reads of malware that talks to a host", () => {
    const rows = read([
      { type: "malware", id: id("malware", 1), name: "Dridex" },
      { type: "url", id: id("url", 1), value: "https://c2.example/gate" },
      link(1, "communicates-with", id("malware", 1), id("url", 1)),
    ]);
    expect(rows).toMatchObject([
      {
        kind: "c2-server",
        family: "Dridex",
        originHost: "c2.example",
        url: "https://c2.example/gate",
      },
    ]);
  });

  it("has no observation of what is benign, withdrawn, in another language, or no host", () => {
    const rows = read([
      indicator(1, "[ipv4-addr:value = '198.51.100.1']", { indicator_types: ["benign"] }),
      indicator(2, "[ipv4-addr:value = '198.51.100.1']", { revoked: true }),
      indicator(3, "alert tcp any any -> any any", { pattern_type: "snort" }),
      indicator(4, "[file:hashes.'SHA-256' = 'aa']"),
      indicator(5, "[domain-name:value LIKE '%.example']"),
      { type: "ipv4-addr", id: id("ipv4-addr", 1), value: "198.51.100.1" },
    ]);
    expect(rows).toEqual([]);
  });

  it("refuses a network, which is no one address", () => {
    const { rows, refusals } = observe(
      stix,
      "x.json",
      Buffer.from(JSON.stringify([indicator(1, "[ipv4-addr:value ISSUBSET '198.51.100.0/24']")])),
    );
    expect(rows).toEqual([]);
    expect(refusals).toEqual([{ line: 1, reason: "address-invalid" }]);
  });

  it("takes no place to read more for a bad host", () => {
    const observed = (category: string) => ({
      type: "observed-data",
      id: "observed-data--5c43d580-5b51-4bd7-a5ef-9e3ae96df783",
      first_observed: "2026-01-06T16:31:14Z",
      last_observed: "2026-01-06T16:31:14Z",
      number_observed: 1,
      objects: { "0": { type: "url", value: "https://blog.example.org/report/" } },
      labels: ['misp:type="url"', `misp:category="${category}"`],
    });
    const read = (category: string) =>
      observe(stix, "x.json", Buffer.from(JSON.stringify(observed(category))));
    expect(read("External analysis")).toMatchObject({ rows: [], skips: { reference: 1 } });
    expect(read("Network activity").rows).toMatchObject([{ originHost: "blog.example.org" }]);
  });
});
