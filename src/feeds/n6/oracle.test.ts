import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe, type Observed } from "../shared/testing/observe.ts";
import { n6 } from "./index.ts";

interface Event {
  readonly time: string;
  readonly category: string;
  readonly address?: readonly { readonly ip: string }[];
  readonly [member: string]: unknown;
}

const folder = sharedData("n6");
const cases = (folder === undefined ? [] : readdirSync(folder)).flatMap((file) => {
  const found = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as {
    constant_items: object;
    expected: Partial<Event>[] | object;
  };
  if (!Array.isArray(found.expected)) return [];
  const events = found.expected.map((event) => ({ ...found.constant_items, ...event }) as Event);
  return events.length > 0 ? [{ file, events }] : [];
});

const kinds: Readonly<Record<string, string>> = {
  amplifier: "ddos-amplifier",
  bots: "infected-system",
  cnc: "c2-server",
  deface: "unauthorised-information-modification",
  exposed: "potentially-unwanted-accessible",
  malurl: "malware-distribution",
  phish: "phishing",
  "sandbox-url": "malware-distribution",
  scam: "masquerade",
  scanning: "scanner",
  "server-exploit": "exploit",
  spam: "spam",
  vulnerable: "vulnerable-system",
};
const victims = ["amplifier", "bots", "deface", "exposed", "vulnerable"];
const callers = ["bots", "scanning", "server-exploit", "spam", "flow-anomaly"];
const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };

/** What an event says of one of its addresses, read by another rule than the format's mappings. */
function translate(event: Event, ip: string | undefined): Observed {
  const [address, other] = victims.includes(event.category)
    ? ["victim", "origin"]
    : ["origin", "victim"];
  const calls = callers.includes(event.category) || event["dip"] !== undefined;
  return JSON.parse(
    JSON.stringify({
      kind: kinds[event.category] ?? "other",
      seenAt: new Date(`${event.time.replace(" ", "T")}Z`).toISOString(),
      [address]: ip,
      [other]: event["dip"],
      [`${address}Port`]: calls ? event["sport"] : event["dport"],
      [`${other}Port`]: calls ? event["dport"] : undefined,
      family: ["bots", "cnc", "malurl", "sandbox-url"].includes(event.category)
        ? event["name"]
        : undefined,
      protocol: protocols[String(event["proto"])],
      tlp: event["restriction"] === "public" ? "clear" : "amber",
      url: typeof event["url"] === "string" ? event["url"].trim() : undefined,
    }),
  ) as Observed;
}

const fields = [
  "kind",
  "seenAt",
  "victim",
  "victimPort",
  "origin",
  "originPort",
  "family",
  "protocol",
  "tlp",
  "url",
];

const forms: readonly [string, (events: readonly Event[]) => string][] = [
  ["one a line", (events) => events.map((event) => JSON.stringify(event)).join("\n")],
  ["as a list", (events) => JSON.stringify(events)],
  ["as a list over many lines", (events) => JSON.stringify(events, null, 2)],
];

describe.skipIf(cases.length === 0)("n6, over the events that n6's own parsers give", () => {
  describe.each(forms)("%s", (_, write) => {
    it.each(cases)("reads $file as what it says", ({ events }) => {
      const { rows, refusals } = observe(n6, "events.json", Buffer.from(write(events)));
      const named = events.filter(({ address, fqdn, url }) => address ?? fqdn ?? url);
      expect(refusals.map(({ reason }) => reason)).toEqual(
        events.filter((event) => !named.includes(event)).map(() => "address-missing"),
      );
      const expected = named.flatMap((event) =>
        (event.address ?? [undefined]).map((address) => translate(event, address?.ip)),
      );
      const ipOfUrl = /^https?:\/\/(\d+\.\d+\.\d+\.\d+)/;
      const have = rows.map((row, at) => {
        const seen = Object.fromEntries(fields.map((field) => [field, row[field]]));
        const url = typeof row["url"] === "string" ? ipOfUrl.exec(row["url"])?.[1] : undefined;
        // An event without an address has that of its URL.
        if (expected[at]!["origin"] === undefined && url !== undefined) delete seen["origin"];
        return JSON.parse(JSON.stringify(seen)) as Observed;
      });
      expect(have).toEqual(expected);
    });
  });
});
