import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../../test/shared-data.ts";
import { allKinds } from "../../core/taxonomy/index.ts";
import { outcomeOf, readFixtures } from "../shared/testing/fixtures.ts";
import { observe } from "../shared/testing/observe.ts";
import { shadowserver } from "./index.ts";
import { basicTypes, findType, reportTypes } from "./report-types.ts";

const header = (...columns: string[]): Uint8Array => Buffer.from(`${columns.join(",")}\n`);
const typeOf = (head: Uint8Array, name = "report.csv"): string | undefined =>
  shadowserver.recognise({ name, head })?.type;

describe("shadowserver", () => {
  it.each(readFixtures(import.meta.url))("reads $file, and the rows after a bad one", (fixture) => {
    expect(outcomeOf(shadowserver, fixture)).toEqual(fixture.expected);
    expect(outcomeOf(shadowserver, fixture, 1)).toEqual(fixture.expected);
  });

  it("reads what a side's network and country are out of the columns for it", () => {
    const reported = (type: string): unknown =>
      shadowserver.reported!(
        shadowserver.recognise({
          name: `${type}.csv`,
          head: header(...findType(type)!.columns),
        })!,
      );
    expect(reported("event6_sinkhole")).toMatchObject({
      victimAsn: "src_asn",
      originAsn: "dst_asn",
    });
    expect(reported("event4_honeypot_adb_scan")).toMatchObject({ originCountry: "src_geo" });
    expect(reported("scan6_ssh")).toEqual({ victimAsn: "asn", victimCountry: "geo" });
    expect(reported("malware_url")).toEqual({ originAsn: "asn", originCountry: "geo" });
  });

  it("never throws, and answers every row once", () => {
    const types = fc.constantFrom(...reportTypes);
    const cell = fc.oneof(
      fc.constantFrom(
        "",
        "2026-03-01 00:00:00",
        "192.0.2.1",
        "80",
        "tcp",
        '"a\\"b"',
        "2001:db8::1",
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(types, fc.array(fc.array(cell, { maxLength: 40 })), (type, cells) => {
        const rows = cells.map((row) => row.join(",").replaceAll(/[\r\n"]/g, "") + ",x");
        const text = [type.columns.join(","), ...rows].join("\n");
        const { rows: kept, refusals } = observe(
          shadowserver,
          `${type.name}.csv`,
          Buffer.from(text),
        );
        expect(kept.length + refusals.length).toBe(rows.length);
      }),
    );
  });
});

describe("the report types", () => {
  it("have names, kinds and columns of their own", () => {
    expect(new Set(reportTypes.map(({ name }) => name)).size).toBe(reportTypes.length);
    for (const { mapping, columns } of reportTypes) {
      const kinds =
        typeof mapping.kind === "string"
          ? [mapping.kind]
          : [mapping.kind.otherwise, ...mapping.kind.rules.map(({ kind }) => kind)];
      for (const kind of kinds) expect(allKinds).toContain(kind);
      expect(new Set(columns).size).toBe(columns.length);
    }
  });

  it("are read on IPv6 as they are on IPv4", () => {
    for (const type of basicTypes.filter(({ onIpv6 }) => onIpv6 !== undefined))
      expect(findType(type.onIpv6!)).toMatchObject({ role: type.role, columns: type.columns });
    expect(findType("event6_honeypot_brute_force")).toMatchObject({ role: "callingOrigin" });
    expect(findType("scan_novelty")).toBeUndefined();
  });

  const reference = sharedData("reference/shadowserver/reports.json");

  it.skipIf(!reference)("are those of Shadowserver's own list, with the same columns", () => {
    const listed = JSON.parse(readFileSync(reference!, "utf8")) as Record<
      string,
      { fields: string[] }
    >;
    const names = Object.keys(listed).filter((name) => name !== "_meta");
    // Phishing URLs were reported until 2022.
    const ours = reportTypes.filter(({ name }) => name !== "phish_url");
    expect(ours.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    for (const { name, columns } of ours)
      expect([name, columns.toSorted()]).toEqual([name, listed[name]!.fields.toSorted()]);
  });
});

describe.skipIf(!sharedData("reference/shadowserver/intelmq.json"))("the kinds", () => {
  interface Listed {
    readonly file_name: string;
    readonly constant_fields: Readonly<Record<string, string>>;
  }

  it("are those of Shadowserver's own mapping, but for one that is meant", () => {
    const path = sharedData("reference/shadowserver/intelmq.json")!;
    const listed = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, Listed>>;
    const different = Object.values(listed).flatMap(
      ({ file_name: name, constant_fields: fixed }) => {
        const mapping = name === undefined ? undefined : findType(name)?.mapping;
        const kind = fixed?.["classification.type"]?.replace("blacklist", "other");
        if (mapping === undefined || kind === undefined) return [];
        const ours = typeof mapping.kind === "string" ? mapping.kind : mapping.kind.otherwise;
        const same = ours === kind && mapping.protocol === fixed["protocol.transport"];
        return same ? [] : [name];
      },
    );
    expect(different).toEqual(["scan_post_exploitation_framework"]);
  });
});

describe("recognising a report", () => {
  it.each(reportTypes)("knows $name by its file name", ({ name, columns }) => {
    const head = header(...columns);
    for (const file of [`2024-07-04-${name}-123-example-asn.csv`, `${name}.csv`])
      expect(shadowserver.recognise({ name: file, head })).toMatchObject({
        type: name,
        tlp: "amber",
        notes: [],
      });
  });

  it("knows each report by its columns, or says which others have the same", () => {
    for (const { name, columns } of basicTypes) {
      const reading = shadowserver.recognise({ name: "x.csv", head: header(...columns) })!;
      const same = reading.type === name || reading.notes.some((note) => note.includes(name));
      expect([name, reading.type, same]).toEqual([name, reading.type, true]);
    }
  });

  it("knows a report of fewer columns by one of its own", () => {
    const sinkhole = ["timestamp", "src_ip", "dst_ip", "infection"];
    expect(typeOf(header(...sinkhole))).toBe("event4_sinkhole");
    expect(typeOf(header(...sinkhole, "http_host"))).toBe("event4_sinkhole_http");
    expect(typeOf(header("timestamp", "ip", "http_host", "tag"))).toBe("compromised_website");
    expect(typeOf(header("timestamp", "ip", "port", "asn", "geo", "quote"))).toBe("scan_qotd");
    expect(typeOf(header("timestamp", "src_ip", "dst_ip", "pattern"))).toBe(
      "event4_honeypot_http_scan",
    );
    expect(typeOf(header("timestamp", "ip", "port"))).toBeUndefined();
  });

  it("tells by the first row what the header leaves open", () => {
    const row = (columns: string, cells: string): Uint8Array =>
      Buffer.from(`${columns}\n${cells}\n`);
    const connection = "timestamp,src_ip,dst_ip,infection";
    expect(typeOf(row(connection, "2026-03-01,2001:db8::1,2001:db8::2,mirai"))).toBe(
      "event6_sinkhole",
    );
    expect(typeOf(row(connection, "2026-03-01,192.0.2.1,192.0.2.2,ssh-brute-force"))).toBe(
      undefined,
    );
    const socks = findType("scan_socks")!;
    const cells = socks.columns.map((column) => (column === "tag" ? "socks5;socks" : ""));
    expect(typeOf(row(socks.columns.join(","), cells.join(",")))).toBe("scan_socks");
  });

  it("leaves a file alone that has a column of no report, or no address", () => {
    expect(typeOf(header("timestamp", "src_ip", "dst_ip", "infection", "bytes"))).toBeUndefined();
    expect(typeOf(header("time", "src_ip"), "2024-07-04-scan_ssh-example.csv")).toBeUndefined();
    expect(typeOf(header("timestamp", "note"), "2024-07-04-scan_ssh-example.csv")).toBeUndefined();
    expect(typeOf(header("timestamp", "ip"), "blocklist.csv")).toBeUndefined();
    expect(typeOf(header("timestamp", "ip"), "scan_novelty.csv")).toBeUndefined();
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

  it("takes a report of a new type by the columns that all have, and says so", () => {
    const columns = ["timestamp", "ip", "port", "asn", "geo", "novelty"];
    for (const type of ["scan_novelty", "scan6_novelty", "novelty_report"])
      expect(
        shadowserver.recognise({ name: `2030-01-01-${type}-x.csv`, head: header(...columns) }),
      ).toMatchObject({
        type,
        mapping: "shadowserver.unmapped.1",
        notes: [`unmapped type ${type}`],
      });
    expect(typeOf(header("timestamp", "src_ip"), "2030-01-01-event4_novelty-x.csv")).toBe(
      "event4_novelty",
    );
  });

  it("takes a report of another year without its name, by its tag, but nobody else's file", () => {
    const columns = "timestamp,ip,protocol,port,hostname,tag,asn,geo,region,city,sic,former_column";
    const row = (tag: string, ip = "192.0.2.1"): string =>
      `${columns}\n2014-03-24 04:16:38,${ip},udp,19,a.example,${tag},64496,NO,Oslo,Oslo,0,x\n`;
    const read = (text: string) => observe(shadowserver, "download.csv", Buffer.from(text));
    const chargen = read(row("cve-2000-1;chargen"));
    expect(chargen.reading).toMatchObject({
      type: "scan_chargen",
      mapping: "shadowserver.scan_chargen.1",
    });
    expect(chargen.reading.notes.at(-1)).toContain("by the tag of its first row, or its columns");
    expect(chargen.rows).toMatchObject([{ kind: "vulnerable-system", victim: "192.0.2.1" }]);
    expect(read(row("bgp", "2001:db8::1")).reading.type).toMatch(/^(scan|population)6_bgp$/);
    const unknown = read(row("no-such-tag"));
    expect(unknown.reading.notes[0]).toContain("unmapped type");
    expect(unknown.rows).toMatchObject([{ kind: "undetermined", victim: "192.0.2.1" }]);
    const less = Buffer.from("timestamp,ip,asn,geo\n2014-03-24 04:16:38,192.0.2.1,64496,NO\n");
    expect(shadowserver.lastly!({ name: "a.csv", head: less })).toBeUndefined();
  });

  it("takes a report without rows", () => {
    const head = header(...findType("scan_ics")!.columns);
    expect(observe(shadowserver, "2030-01-01-scan_ics-x.csv", head)).toMatchObject({
      rows: [],
      refusals: [],
    });
  });
});
