import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../test/shared-data.ts";
import type { FeedFormat, Reading } from "../app/ports.ts";
import { feedFormats, recogniseFormat } from "./index.ts";
import { roleOf } from "./shared/list/role.ts";
import { observe, type Observed, takenAt } from "./shared/testing/observe.ts";

/** A case of IntelMQ: a report as it came, and the events that IntelMQ makes of it. */
interface OpenCase {
  readonly input: readonly { readonly raw_text?: string; readonly "feed.url"?: string }[];
  readonly expected: readonly { readonly event: Readonly<Record<string, unknown>> }[];
}

const formats = feedFormats([]);
const folder = sharedData("intelmq/parsers");
const files = folder
  ? readdirSync(folder).filter((file) => !/^(?:shadowserver|n6|misp|generic|json|html)/.test(file))
  : [];

/** Not read, see docs/feeds/differences.md: pages in HTML, reports without any host, and an empty one. */
const unread = /^(?:anubisnetworks\.parser\.test_empty|fireeye|malwareurl|mcafee|threatminer)/;

/** IntelMQ's own types, which RSIT does not have. */
const types: Readonly<Record<string, string>> = { blacklist: "other", proxy: "other" };
const protocols: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  "nvp-ii": 11,
  "ipv6-nonxt": 59,
};

/** Feeds whose `other` hosts stand open to others. */
const standsOpen = /^(?:shodan|cymru)/;

/** The differences that docs/feeds/differences.md explains. */
const explained = [
  // IntelMQ cuts minutes and seconds off, and keeps hashes of files, which name no host.
  "alienvault.parser_otx.test_event.json: seenAt: 2016-11-03T20:01:00Z is 2015-09-02T09:21:53Z",
  "alienvault.parser_otx.test_event.json: seenAt: 2017-06-15T05:01:00Z is 2017-06-15T05:13:02Z",
  // The number of the AS stands in the URL of the report, not in the report.
  "dshield.parser_asn.test_event.json: originAsn: 1 is undefined",
  "dshield.parser_asn.test_event.json: originAsn: 1 is undefined",
  // The feed says "auto".
  "spamhaus.parser_cert.test_events.json: family: s_other is auto",
];

function word(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Without the fraction of a second, which IntelMQ drops or keeps inexactly. */
function toSecond(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}

/** The core fields of an event in our words. */
function translate(event: OpenCase["expected"][number]["event"], file: string): Observed {
  const type = word(event["classification.type"]);
  const kind = types[type] ?? type;
  const open = kind === "other" && standsOpen.test(file);
  const subject = open ? "victim" : roleOf((kind || "scanner") as Parameters<typeof roleOf>[0]);
  const peer = subject === "victim" ? "origin" : "victim";
  const family = event["malware.name"];
  const time = event["time.source"];
  const fields = {
    seenAt: typeof time === "string" ? toSecond(new Date(time).toISOString()) : undefined,
    kind: kind || undefined,
    [subject]: event["source.ip"],
    [`${subject}Port`]: event["source.port"],
    [`${subject}Asn`]: event["source.asn"],
    [`${subject}Country`]: event["source.geolocation.cc"],
    [peer]: event["destination.ip"],
    [`${peer}Port`]: event["destination.port"] || undefined,
    family: typeof family === "string" ? family : undefined,
    protocol: protocols[word(event["protocol.transport"])],
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** An observation with what the feed reports of a side's whereabouts. */
function withReported(row: Observed, format: FeedFormat, reading: Reading): Observed {
  const extra = (row["extra"] ?? {}) as Readonly<Record<string, string>>;
  const reported = Object.entries(format.reported?.(reading) ?? {}).flatMap(([fact, member]) => {
    const value = extra[member];
    return value === undefined ? [] : [[fact, fact.endsWith("Asn") ? Number(value) : value]];
  });
  const family = row["family"];
  return {
    ...row,
    seenAt: toSecond(word(row["seenAt"])),
    ...Object.fromEntries(reported),
    ...(typeof family === "string" ? { family: family.toLowerCase() } : {}),
  };
}

function differences(wanted: Observed, row: Observed): string[] {
  return Object.entries(wanted)
    .filter(([field, value]) => row[field] !== value)
    .map(([field, value]) => `${field}: ${value as string} is ${row[field] as string}`);
}

function compare(file: string): { fields: number; differ: string[] } {
  const { input, expected } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as OpenCase;
  const { raw_text = "", "feed.url": url = "" } = input[0]!;
  const bytes = Buffer.from(raw_text);
  const name = `${file.split(".", 1)[0]}_${url.split("/").at(-1)}`;
  const sample = { name, head: bytes.subarray(0, 65_536), takenAt };
  const { format, reading } = recogniseFormat(formats, sample)!;
  const rows = observe(format, name, bytes).rows.map((row) => withReported(row, format, reading));
  const wanted = expected.map(({ event }) => translate(event, file));
  const differ = wanted.flatMap((event) => {
    const found = rows.map((row) => differences(event, row));
    return (found.toSorted((a, b) => a.length - b.length)[0] ?? ["no row"]).map(
      (it) => `${file}: ${it}`,
    );
  });
  return { fields: wanted.reduce((sum, event) => sum + Object.keys(event).length, 0), differ };
}

describe.skipIf(!folder)("the open cases of lists", () => {
  it("are equal to IntelMQ's events in 99 fields of 100, and the rest is explained", () => {
    const results = files.filter((file) => !unread.test(file)).map(compare);
    const fields = results.reduce((sum, result) => sum + result.fields, 0);
    const differ = results.flatMap((result) => result.differ);
    expect(differ).toEqual(explained);
    expect(1 - differ.length / fields).toBeGreaterThan(0.99);
  });
});
