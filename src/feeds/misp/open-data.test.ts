import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { observe } from "../shared/testing/observe.ts";
import { misp } from "./index.ts";

interface Attribute {
  readonly uuid: string;
  readonly type: string;
  readonly category: string;
  readonly value: string;
  readonly timestamp: string;
  readonly to_ids?: boolean;
  readonly deleted?: boolean;
  readonly first_seen?: string | null;
}
interface Event {
  readonly Attribute?: Attribute[];
  readonly Tag?: { name: string }[];
}
interface Document extends Event {
  readonly response?: { Event: Event }[];
  readonly Event?: Event;
}

const folder = sharedData("misp/");
const files = folder
  ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".json"),
    )
  : [];

/** What an attribute names: addresses and names, as anybody reads them. */
function hostsOf({ type, value }: Attribute): string[] {
  if (type === "domain|ip") return value.toLowerCase().split("|");
  if (/^(ip-(src|dst)|hostname)\|port$/.test(type)) return [value.toLowerCase().split("|")[0]!];
  if (/^(ip-src|ip-dst|domain|hostname)$/.test(type))
    return [value.toLowerCase().trim().replace(/\.$/, "")];
  if (type !== "url") return [];
  return [
    value
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, "")
      .replace(/[:/?].*$/, ""),
  ];
}

describe.skipIf(!folder)("the open MISP events", () => {
  let checked = 0;
  afterAll(() => expect(checked).toBeGreaterThan(400));

  it.each(files)("%s: every attribute that names a host is read as it says", (file) => {
    const bytes = readFileSync(join(folder!, file));
    const document = JSON.parse(bytes.toString()) as Document;
    const events = document.response?.map((one) => one.Event) ?? [document.Event ?? document];
    const { rows, refusals } = observe(misp, file, bytes);
    let refused = 0;
    for (const event of events)
      for (const attribute of event.Attribute ?? []) {
        const hosts = hostsOf(attribute);
        const row = rows.find((one) => one["eventId"] === attribute.uuid);
        const reference = attribute.category === "External analysis" && attribute.to_ids !== true;
        if (
          hosts.length === 0 ||
          attribute.deleted === true ||
          (reference && attribute.type === "url")
        ) {
          expect(row).toBeUndefined();
          continue;
        }
        if (row === undefined) {
          refused++;
          continue;
        }
        const sides = [row["origin"], row["originHost"], row["victim"], row["victimHost"]];
        for (const host of hosts) expect(sides).toContain(host);
        const time = attribute.first_seen ?? Number(attribute.timestamp) * 1000;
        expect(Date.parse(String(row["seenAt"]))).toBe(new Date(time).getTime());
        if (event.Tag?.some(({ name }) => name === "tlp:white")) expect(row["tlp"]).toBe("clear");
        if (attribute.type === "url") expect(row["url"]).toBe(attribute.value);
        checked++;
      }
    expect(refusals.length).toBe(refused);
    expect(refused).toBeLessThanOrEqual(1);
  });
});

const oracle = sharedData("intelmq/parsers/misp.parser.test_event.json");

interface OracleCase {
  readonly input: { raw: string }[];
  readonly expected: { event: Record<string, unknown> }[];
}

describe.skipIf(!oracle)("IntelMQ's case of MISP", () => {
  it("is read alike but for its kind, as docs/feeds/differences.md says", () => {
    const { input, expected } = JSON.parse(readFileSync(oracle!, "utf8")) as OracleCase;
    const { rows } = observe(misp, "x.json", Buffer.from(input[0]!.raw, "base64"));
    const { event } = expected[0]!;
    expect(rows.length).toBe(expected.length);
    expect(rows[0]).toMatchObject({ url: event["source.url"], originHost: "fake.example.com" });
    expect(String(rows[0]!["family"]).toLowerCase()).toBe(event["malware.name"]);
    expect(Date.parse(String(rows[0]!["seenAt"]))).toBe(Date.parse(String(event["time.source"])));
    expect([rows[0]!["kind"], event["classification.type"]]).toEqual([
      "malware-distribution",
      "infected-system",
    ]);
  });
});
