import { describe, expect, it } from "vitest";
import { typeInName } from "./file-name.ts";
import { findType } from "./report-types.ts";

const inName = (name: string): string | undefined =>
  typeInName(name, (type) => findType(type) !== undefined)?.type;

describe("typeInName", () => {
  it.each([
    ["2015-01-01-dns_openresolver-sample-asn.csv", "dns_openresolver"],
    ["2020-04-03-scan_ics-sample-asn-delayed.csv", "scan_ics"],
    ["2024-07-04-scan6_ssh-123-sample-geo.csv", "scan6_ssh"],
    ["2024-07-04-special-sample-asn.csv", "special"],
    ["2024-07-04-compromised_website6-no.csv", "compromised_website6"],
    ["scan_http_vulnerable.csv", "scan_http_vulnerable"],
    ["scan_http_vulnerable-no.CSV", "scan_http_vulnerable"],
    ["2024-07-04_event4_sinkhole.csv", "event4_sinkhole"],
    ["20240704-event4_sinkhole-x.csv", "event4_sinkhole"],
    ["event4_sinkhole_20240704.csv", "event4_sinkhole"],
    ["event4_sinkhole-2024-07-04.csv", "event4_sinkhole"],
    ["tenant-7.scan_ssl (1).csv", "scan_ssl"],
    ["2030-01-01-scan_novelty-special-asn.csv", "scan_novelty"],
    ["2030-01-01-novelty_report-scan_ssl.csv", "novelty_report"],
    ["scan_http_novelty.csv", "scan_http_novelty"],
  ])("finds in %s the type %s", (name, type) => {
    expect(inName(name)).toBe(type);
  });

  it.each(["report.csv", "2024-07-04.csv", "2024-07-04-report-example.csv", "my-special.csv", ""])(
    "finds none in %j",
    (name) => {
      expect(inName(name)).toBeUndefined();
    },
  );
});
