import { describe, expect, it } from "vitest";
import { server, site, statement } from "../../../test/golden/statements.ts";
import { itemCsv } from "./index.ts";

const write = (items: typeof statement.items) => itemCsv.write({ ...statement, items });

describe("the CSV of a message", () => {
  it("has a byte order mark, its columns in their order, and a row an item", () => {
    expect(write([server, { ...site, tlp: "green" }])).toBe(
      [
        "\ufeffticket,tlp,side,kind,family,asset,address,port,protocol,host,url,country,asn,first_seen,last_seen,observations,confidence,victims,victims_by_sector,victim_pseudonyms,own_victims,offenders,feeds",
        "TC-20130531-000042-7,green,origin,c2-server,zeus,192.0.2.7,192.0.2.7,443,tcp,panel.bad.example,http://192.0.2.7/zeus/gate.php?id=7,US,64500,2013-05-28T08:00:17.000Z,2013-05-31T07:59:59.250Z,12345,90,1408,government=12 academic=96 unknown=1300,,,,sinkhole",
        "TC-20130531-000042-7,green,victim,web-backdoor,,www.office.example,198.51.100.20,80,tcp,www.office.example,http://www.office.example/upload/x.asp,CN,64510,2013-05-30T22:10:00.000Z,2013-05-30T22:10:00.000Z,1,,,,,,203.0.113.66 2001:db8::66,",
        "",
      ].join("\r\n"),
    );
  });

  it("lets no spreadsheet run what an attacker wrote, and keeps a line break within its cell", () => {
    const text = write([{ ...server, family: '=cmd|"/c calc"!A0', host: "@x", url: "a\r\nb" }]);
    expect(text).toContain(`"'=cmd|""/c calc""!A0"`);
    expect(text).toContain(",'@x,");
    expect(text).toContain('"a\r\nb"');
  });
});
