import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe, type Observed } from "../shared/testing/observe.ts";
import { shadowserver } from "./index.ts";
import { reportTypes } from "./report-types.ts";

type Expected = Readonly<Record<string, string | number | undefined>>;

const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };
const files = ["real", "all-types"].flatMap((folder) =>
  reportTypes.map(({ name }) => `shadowserver-oracle/${folder}/${name}`),
);
const found = files.flatMap((file) => {
  const csv = sharedData(`${file}.csv`);
  const events = sharedData(`${file}.expected.jsonl`);
  return csv !== undefined && events !== undefined ? [{ file, csv, events }] : [];
});

/** IntelMQ's event in our words: its source is the victim, save where somebody attacks. */
function translate(event: Expected): Observed {
  const attack = event["classification.type"] === "brute-force";
  const [victim, origin] = attack ? ["destination", "source"] : ["source", "destination"];
  return {
    kind: event["classification.type"],
    seenAt: new Date(String(event["time.source"])).toISOString(),
    victim: event[`${victim}.ip`],
    victimPort: event[`${victim}.port`],
    origin: event[`${origin}.ip`],
    originPort: event[`${origin}.port`],
    protocol: protocols[String(event["protocol.transport"])],
    // IntelMQ files the infection as the malware's name, and the family beside it.
    family: event["extra.family"] ?? event["malware.name"],
  };
}

describe.skipIf(found.length === 0)("shadowserver, against IntelMQ's own parser", () => {
  it.each(found)("reads every row of $file as the same event", ({ file, csv, events }) => {
    const expected = readFileSync(events, "utf8").trim().split("\n");
    const { rows, refusals } = observe(
      shadowserver,
      `${file.split("/").at(-1)}.csv`,
      readFileSync(csv),
    );
    expect(refusals).toEqual([]);
    expect(rows).toHaveLength(expected.length);
    expected.forEach((line, at) => {
      const want = translate(JSON.parse(line) as Expected);
      const have = Object.fromEntries(Object.keys(want).map((field) => [field, rows[at]![field]]));
      expect(have).toEqual(want);
    });
  });
});
