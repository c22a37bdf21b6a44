import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe, type Observed } from "../shared/testing/observe.ts";
import { shadowserver } from "./index.ts";

type Expected = Readonly<Record<string, string | number | undefined>>;
type Fields = Readonly<Record<string, unknown>>;

const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };
const kinds: Readonly<Record<string, string>> = { blacklist: "other" };

/** The reports of which IntelMQ's source is who did it, or the listed host. */
const sourceIsOrigin =
  /^(event4_honeypot_(?!ddos_amp)|event4_ddos|malware_|phish_|sandbox_|spam_|blocklist)/;

/** The differences that are meant, as `docs/feeds/differences.md` explains them. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "compromised_account, sandbox_dns": ["refused"],
  scan_post_exploitation_framework: [
    "kind",
    ...["", "Port", "Asn", "Country"].flatMap((part) => [`victim${part}`, `origin${part}`]),
  ],
};

const files = ["real", "all-types"].flatMap((folder) => {
  const path = sharedData(`shadowserver-oracle/${folder}`);
  const names = path === undefined ? [] : readdirSync(path).filter((file) => file.endsWith(".csv"));
  return names.map((file) => ({ folder, type: file.slice(0, -4), csv: `${path}/${file}` }));
});

/** IntelMQ's event in our words. */
function translate(type: string, event: Expected): Fields {
  const [victim, origin] = sourceIsOrigin.test(type)
    ? ["destination", "source"]
    : ["source", "destination"];
  const kind = String(event["classification.type"]);
  const family = event["extra.family"] ?? event["malware.name"];
  return {
    seenAt: new Date(String(event["time.source"])).toISOString(),
    kind: kinds[kind] ?? kind,
    protocol: protocols[String(event["protocol.transport"])],
    // IntelMQ files the infection as the malware's name, in lower case, and the family beside it.
    family: family === undefined ? undefined : String(family).toLowerCase(),
    victim: event[`${victim}.ip`],
    victimPort: event[`${victim}.port`],
    victimAsn: event[`${victim}.asn`],
    victimCountry: event[`${victim}.geolocation.cc`],
    origin: event[`${origin}.ip`],
    originPort: event[`${origin}.port`],
    originAsn: event[`${origin}.asn`],
    originCountry: event[`${origin}.geolocation.cc`],
  };
}

/** The same fields of our observation, what the feed reports of a side out of `extra`. */
function summarise(row: Observed, reported: Readonly<Record<string, string>>): Fields {
  const extra = (row["extra"] ?? {}) as Readonly<Record<string, string>>;
  const told = Object.fromEntries(
    Object.entries(reported).map(([fact, member]) => [fact, extra[member]]),
  );
  const asn = (fact: string): number | undefined => Number(told[fact] ?? 0) || undefined;
  return {
    ...row,
    ...told,
    family: (row["family"] as string | undefined)?.toLowerCase(),
    victimAsn: asn("victimAsn"),
    originAsn: asn("originAsn"),
  };
}

interface Compared {
  readonly fields: number;
  readonly events: number;
  readonly equal: number;
  readonly differences: readonly string[];
}

function compare({ type, csv }: { type: string; csv: string }): Compared {
  const lines = readFileSync(csv.replace(/csv$/, "expected.jsonl"), "utf8").trim().split("\n");
  const { reading, rows, refusals } = observe(shadowserver, `${type}.csv`, readFileSync(csv));
  const reported = shadowserver.reported!(reading) as Readonly<Record<string, string>>;
  const found: { line: number; row?: Observed }[] = rows.map((row) => ({
    line: Number(row["line"]),
    row,
  }));
  const outcomes = [...found, ...refusals].toSorted((a, b) => a.line - b.line);
  expect(outcomes).toHaveLength(lines.length);
  let fields = 0;
  let events = 0;
  let equal = 0;
  const differences: string[] = [];
  lines.forEach((line, at) => {
    const event = JSON.parse(line) as Expected;
    if ("__error" in event) return;
    events++;
    const want = translate(type, event);
    fields += Object.keys(want).length;
    const { row } = outcomes[at]! as { row?: Observed };
    const have = row && summarise(row, reported);
    const wrong = Object.keys(want).filter((field) => have && have[field] !== want[field]);
    if (have && wrong.length === 0) equal++;
    differences.push(...(have ? wrong : ["refused"]));
  });
  return { fields, events, equal, differences };
}

describe.skipIf(files.length === 0)("shadowserver, against IntelMQ's own parser", () => {
  it.each(files)("reads every row of $folder/$type as the same event", (file) => {
    const allowed = Object.entries(meant)
      .filter(([types]) => types.split(", ").includes(file.type))
      .flatMap(([, fields]) => fields);
    expect(compare(file).differences.filter((field) => !allowed.includes(field))).toEqual([]);
  });

  it("has 99 of 100 events, and of 100 fields, as they are expected", () => {
    const all = files.map(compare);
    const sum = (count: (one: Compared) => number): number =>
      all.reduce((total, one) => total + count(one), 0);
    const different = sum(({ differences }) => differences.length);
    expect(sum(({ equal }) => equal) / sum(({ events }) => events)).toBeGreaterThan(0.99);
    expect(different / sum(({ fields }) => fields)).toBeLessThan(0.01);
  });
});
