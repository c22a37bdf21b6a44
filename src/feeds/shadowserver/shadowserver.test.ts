import { describe, expect, it } from "vitest";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { shadowserver } from "./index.ts";
import { reportTypes } from "./report-types.ts";

const header = (...columns: string[]): Uint8Array => Buffer.from(`${columns.join(",")}\n`);
const sinkhole = header("timestamp", "src_ip", "dst_ip", "infection");

describe("shadowserver", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(shadowserver, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(shadowserver, fixture, 1)).toEqual(fixture.expected);
  });

  it.each(reportTypes)("knows $name by its file name", ({ name, needs }) => {
    const sample = { name: `2024-07-04-${name}-123-example-asn.csv`, head: header(...needs) };
    expect(shadowserver.recognise(sample)).toMatchObject({ type: name, tlp: "amber" });
  });

  it("knows a report by its header where the name does not tell", () => {
    const type = (head: Uint8Array): string | undefined =>
      shadowserver.recognise({ name: "report.csv", head })?.type;
    expect(type(sinkhole)).toBe("event4_sinkhole");
    expect(type(header("timestamp", "src_ip", "dst_ip", "infection", "http_host"))).toBe(
      "event4_sinkhole_http",
    );
    expect(type(header("timestamp", "ip", "http_host", "tag"))).toBe("compromised_website");
  });

  it("leaves a report of another type alone, though its columns are those of a sinkhole", () => {
    const name = "2024-07-04-event4_honeypot_darknet-example.csv";
    expect(shadowserver.recognise({ name, head: sinkhole })).toBeUndefined();
    const columns = header("timestamp", "src_ip", "dst_ip", "infection", "bytes");
    expect(shadowserver.recognise({ name: "report.csv", head: columns })).toBeUndefined();
  });

  it("takes a known report with a column that it does not know, and says so", () => {
    const head = header('\ufeff"Timestamp"', " src_ip ", '"DST_IP"', "new column", "infection");
    const reading = shadowserver.recognise({ name: "2030-01-01-event6_sinkhole-x.csv", head });
    expect(reading).toMatchObject({
      type: "event6_sinkhole",
      columns: ["Timestamp", "src_ip", "DST_IP", "new column", "infection"],
      notes: ["columns without a field, kept in extra: new column"],
    });
  });
});
