import { describe, expect, it } from "vitest";
import { bytesToRetry, ObservationBuilder, rawText } from "../../core/observation/index.ts";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { type Observed, observe } from "../shared/testing/observe.ts";
import { misp } from "./index.ts";

const attribute = (type: string, value: string, more: object = {}): object => ({
  uuid: "a",
  type,
  value,
  category: "Network activity",
  to_ids: true,
  timestamp: "1700000000",
  ...more,
});
const event = (attributes: readonly object[], more: object = {}): object => ({
  uuid: "e",
  info: "an event",
  date: "2024-01-01",
  threat_level_id: "1",
  analysis: "0",
  Attribute: attributes,
  ...more,
});
const sample = (value: unknown): { name: string; head: Uint8Array } => ({
  name: "x.json",
  head: Buffer.from(JSON.stringify(value)),
});
const read = (value: unknown): readonly Observed[] =>
  observe(misp, "x.json", Buffer.from(JSON.stringify(value))).rows;
const one = attribute("ip-dst", "198.51.100.1");
const tag = (name: string): object => ({ Tag: [{ name }] });

describe("misp", () => {
  it.each(readFixtures(import.meta.url))(
    "reads $file, and what stands after a bad one",
    (fixture) => {
      expect(outcomeOf(misp, fixture)).toEqual(fixture.expected);
    },
  );

  it.each([
    ["an event in its wrapper", { Event: event([one]) }],
    ["a bare event", event([one])],
    ["the answer to a search of events", { response: [{ Event: event([one]) }] }],
    ["an array of events", [{ Event: event([one]) }]],
    ["the answer to a search of attributes", { response: { Attribute: [one] } }],
    ["an attribute", one],
  ])("takes %s", (_, value) => {
    expect(misp.recognise(sample(value))).toMatchObject({ format: "misp", whole: true });
    expect(read(value)).toMatchObject([{ origin: "198.51.100.1", kind: "c2-server" }]);
  });

  it("does not take the manifest of a feed, which lists events and holds none", () => {
    const manifest = {
      "5e70d8a5-0000-4000-8000-000000000001": {
        Orgc: {},
        info: "x",
        date: "2024-01-01",
        analysis: 2,
      },
    };
    expect(misp.recognise(sample(manifest))).toBeUndefined();
  });

  it.each([
    ["ip-src", "192.0.2.1", { origin: "192.0.2.1" }],
    ["ip-dst|port", "2001:db8::1|443", { origin: "2001:db8::1", originPort: 443 }],
    ["ip-src|port", "192.0.2.1|4", { origin: "192.0.2.1", originPort: 4 }],
    ["hostname", "A.Example.", { originHost: "a.example" }],
    ["hostname|port", "a.example|8443", { originHost: "a.example", originPort: 8443 }],
    ["domain|ip", "a.example|198.51.100.9", { originHost: "a.example", origin: "198.51.100.9" }],
    [
      "url",
      "hxxps://a[.]example:81/x",
      { originHost: "a.example", originPort: 81, url: "hxxps://a[.]example:81/x" },
    ],
    ["uri", "http://a.example/x", { originHost: "a.example", url: "http://a.example/x" }],
    ["target-machine", "pc17.example", { victimHost: "pc17.example" }],
  ])("reads %s %s", (type, value, expected) => {
    expect(read(event([attribute(type, value)]))).toMatchObject([expected]);
  });

  it.each([
    ["uri", "/gate.php"],
    ["md5", "d41d8cd98f00b204e9800998ecf8427e"],
    ["comment", "192.0.2.1"],
    ["email-src", "a@example.org"],
    ["port", "80"],
  ])("has no observation of %s %s", (type, value) => {
    const { rows, refusals } = observe(
      misp,
      "x.json",
      Buffer.from(JSON.stringify(event([attribute(type, value)]))),
    );
    expect({ rows, refusals }).toEqual({ rows: [], refusals: [] });
  });

  it.each([
    ["198.51.100.0/24", "address-invalid"],
    ["0.0.0.0", "address-invalid"],
    ["somewhere else", "address-invalid"],
    ["", "address-missing"],
  ])("refuses the address %j", (value, reason) => {
    const document = JSON.stringify(event([attribute("ip-dst", value), one]));
    const { rows, refusals } = observe(misp, "x.json", Buffer.from(document));
    expect(rows.length).toBe(1);
    expect(refusals).toEqual([{ line: 1, reason }]);
  });

  it("goes by the tags of the attribute, then by its words, its event's tags, and its category", () => {
    const scanned = tag('rsit:information-gathering="scanner"');
    const kinds = (attributes: object[], more: object = {}): unknown[] =>
      read(event(attributes, more)).map((row) => row["kind"]);
    expect(kinds([attribute("ip-src", "192.0.2.1", scanned)])).toEqual(["scanner"]);
    expect(kinds([attribute("ip-src", "192.0.2.1", { comment: "SSH brute-force" })])).toEqual([
      "brute-force",
    ]);
    expect(kinds([attribute("url", "http://a.example/")], tag('ecsirt:fraud="phishing"'))).toEqual([
      "phishing",
    ]);
    expect(
      kinds([attribute("url", "http://a.example/", { category: "Payload delivery" })]),
    ).toEqual(["malware-distribution"]);
    // The event is about infected hosts: who is called in it is none.
    const infected = tag('rsit:malicious-code="infected-system"');
    expect(kinds([one, attribute("ip-src", "192.0.2.1")], infected)).toEqual([
      "c2-server",
      "infected-system",
    ]);
  });

  it("does not say what a host is that is no indicator, unless its publisher does", () => {
    const context = { to_ids: false };
    const rows = read(
      event([
        one,
        attribute("domain", "update.example", context),
        attribute("domain", "c2.example", { ...context, comment: "C&C" }),
      ]),
    );
    expect(rows.map((row) => row["kind"])).toEqual(["c2-server", "undetermined", "c2-server"]);
  });

  it("goes by the category where the mark of indicators is missing, or not used in the event", () => {
    const kinds = (...attributes: object[]): unknown[] =>
      read(event(attributes)).map((row) => row["kind"]);
    const without = { to_ids: undefined };
    const delivery = { category: "Payload delivery" };
    expect(
      kinds(
        one,
        attribute("domain", "c2.example", without),
        attribute("url", "http://a.example/x", { ...without, ...delivery }),
        attribute("ip-src", "192.0.2.1", without),
      ),
    ).toEqual(["c2-server", "c2-server", "malware-distribution", "undetermined"]);
    const unused = { to_ids: false };
    expect(
      kinds(
        attribute("domain", "c2.example", unused),
        attribute("md5", "d41d8cd98f00b204e9800998ecf8427e", unused),
        attribute("url", "http://a.example/x", { ...unused, ...delivery }),
      ),
    ).toEqual(["c2-server", "malware-distribution"]);
  });

  it("takes the family from the most telling galaxy", () => {
    const galaxy = (type: string, value: string): object => ({ type, GalaxyCluster: [{ value }] });
    const galaxies = {
      Galaxy: [
        galaxy("threat-actor", "APT0"),
        galaxy("tool", "Mimikatz"),
        galaxy("mitre-malware", "Emotet - S0367"),
      ],
    };
    expect(read(event([one], galaxies))).toMatchObject([{ family: "Emotet" }]);
    expect(read(event([one], { ...tag('misp-galaxy:malpedia="Gozi"') }))).toMatchObject([
      { family: "Gozi" },
    ]);
  });

  it("says which end of a connection is the victim by what the object says of it", () => {
    const flow = (comment: string): object => ({
      uuid: "o",
      name: "netflow",
      "meta-category": "network",
      timestamp: 1700000000,
      comment,
      Attribute: [
        attribute("ip-src", "192.0.2.1", { object_relation: "ip-src" }),
        attribute("ip-dst", "198.51.100.1", { object_relation: "ip-dst" }),
        attribute("port", "22", { object_relation: "dst-port", to_ids: false }),
      ],
    });
    expect(read(event([], { Object: [flow("brute force"), flow("C2")] }))).toMatchObject([
      { kind: "brute-force", origin: "192.0.2.1", victim: "198.51.100.1", victimPort: 22 },
      { kind: "infected-system", victim: "192.0.2.1", origin: "198.51.100.1", originPort: 22 },
    ]);
  });

  it("gives a refused attribute along with its event, so that a retry knows its time and TLP", () => {
    const bad = attribute("ip-dst", "198.51.100.256", { timestamp: "" });
    const [document] = [event([one, bad], tag("tlp:red"))].map((value) => JSON.stringify(value));
    const describeHost = () => ({ sector: "", country: 0 });
    const locator = { place4: () => 0, place6: () => 0, countries: [0], asns: [0], marks: [0] };
    const builder = new ObservationBuilder({ locator, describeHost, latest: 4e12 });
    misp.open(misp.recognise(sample(event([one])))!).read(Buffer.from(document!), 1, builder);
    const { refusals } = builder.finish(1);
    expect(JSON.parse(rawText(refusals, 0))).toEqual(bad);
    const again = Buffer.from(bytesToRetry(refusals, 0)!).toString().replace("256", "25");
    const { rows } = observe(misp, "x.json", Buffer.from(again));
    expect(rows).toMatchObject([
      { origin: "198.51.100.25", tlp: "red", seenAt: "2024-01-01T00:00:00.000Z" },
    ]);
  });
});
