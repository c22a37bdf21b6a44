import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { isKind } from "../../core/taxonomy/index.ts";
import type { SkipCounts } from "../../core/observation/index.ts";
import { observe, type Observed } from "../shared/testing/observe.ts";
import { intelmq } from "./index.ts";

type Event = Readonly<Record<string, string | number | undefined>>;

const folder = sharedData("intelmq/parsers");
const events = (folder === undefined ? [] : readdirSync(folder)).flatMap((file) => {
  const { expected } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as {
    expected: { event: Event }[];
  };
  // IntelMQ itself always says when it had the report; its tests leave that out.
  return expected.map(({ event }, at) => ({
    name: `${file} ${at}`,
    event: { "time.observation": "2020-01-01T00:00:00+00:00", ...event } as Event,
  }));
});

const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, gre: 47 };

/** Types of the events in the folder whose source is the victim. */
const sourceIsVictim = ["infected-system", "system-compromise", "vulnerable-system", "proxy"];

const places = ["source.ip", "source.fqdn", "source.url", "destination.ip", "destination.fqdn"];

/** What the event says, read by another rule than the format's mappings. */
function translate(event: Event): Observed {
  const type = String(event["classification.type"] ?? "");
  const sides = ["source", "destination"];
  if (!sourceIsVictim.includes(type)) sides.reverse();
  // A listing may name its host as a destination.
  const lone =
    type === "malware-distribution" && !Object.keys(event).some((key) => key.startsWith("source."));
  const [victim, origin] = lone ? ["none", "destination"] : sides;
  const kind = isKind(type) ? type : type === "" ? "undetermined" : "other";
  const time = new Date(String(event["time.source"] ?? event["time.observation"]));
  const expected: Record<string, unknown> = {
    kind,
    seenAt: time.toISOString(),
    victim: event[`${victim}.ip`],
    victimPort: event[`${victim}.port`],
    origin: event[`${origin}.ip`],
    originPort: event[`${origin}.port`],
    family: event["malware.name"],
    protocol: protocols[String(event["protocol.transport"])],
  };
  const ofUrl = /^[a-z]+:\/\/(\d+\.\d+\.\d+\.\d+)/.exec(String(event["source.url"] ?? ""));
  if (ofUrl && expected["origin"] === undefined && victim !== "source")
    expected["origin"] = ofUrl[1];
  for (const [side, name] of [
    ["victim", victim],
    ["origin", origin],
  ]) {
    expected[`${side}Asn`] = text(event[`${name}.asn`]);
    expected[`${side}Country`] = text(event[`${name}.geolocation.cc`]);
  }
  return Object.fromEntries(
    Object.entries(expected).filter(([, value]) => value !== undefined && value !== 0),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function read(event: Event): {
  rows: readonly Observed[];
  reasons: string[];
  skips: SkipCounts;
} {
  const file = Buffer.from(`${JSON.stringify(event)}\n`);
  const { reading, rows, refusals, skips } = observe(intelmq, "events.jsonl", file);
  return {
    rows: rows.map((row) => {
      const extra = row["extra"] as Record<string, string>;
      const reported = Object.entries(intelmq.reported!(reading, extra));
      return { ...row, ...Object.fromEntries(reported.map(([fact, name]) => [fact, extra[name]])) };
    }),
    reasons: refusals.map(({ reason }) => reason),
    skips,
  };
}

describe.skipIf(events.length === 0)(
  "intelmq, over the events that IntelMQ's own parsers give",
  () => {
    const named = events.filter(({ event }) => places.some((place) => event[place] !== undefined));

    it.each(named)("reads $name as what it says", ({ event }) => {
      const { rows, reasons } = read(event);
      expect(reasons).toEqual([]);
      const expected = translate(event);
      const fields = [
        "kind",
        "seenAt",
        "victim",
        "victimPort",
        "origin",
        "originPort",
        "family",
        "protocol",
      ];
      const facts = ["victimAsn", "victimCountry", "originAsn", "originCountry"];
      const have = [...fields, ...facts].flatMap((field) =>
        rows[0]![field] === undefined ? [] : [[field, rows[0]![field]]],
      );
      expect(Object.fromEntries(have)).toEqual(expected);
    });

    it("keeps a listed network or AS by its name, and skips what names a file alone", () => {
      const others = events
        .filter(({ event }) => places.every((place) => event[place] === undefined))
        .map(({ event }) => read(event));
      const hosts = others.flatMap(({ rows }) => rows.map((row) => row["originHost"]));
      expect(hosts).toEqual(["as260", "as10516", "1.4.0.0/17", "2a06:e480::/29"]);
      expect(others.flatMap(({ reasons }) => reasons)).toEqual([
        "address-missing",
        "address-missing",
      ]);
      expect(others.map(({ skips }) => skips["names-no-host"] ?? 0).reduce((a, b) => a + b)).toBe(
        3,
      );
    });
  },
);
