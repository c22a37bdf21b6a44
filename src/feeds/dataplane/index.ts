import type { Kind } from "../../core/taxonomy/index.ts";
import { makeListFormat } from "../shared/list/index.ts";

/** What DataPlane.org saw an address do, by the name of the report. */
const categories: Readonly<Record<string, Kind>> = {
  dnsrd: "scanner",
  dnsrdany: "scanner",
  dnsversion: "scanner",
  proto41: "scanner",
  sipinvitation: "brute-force",
  sipquery: "brute-force",
  sipregistration: "brute-force",
  smtpdata: "scanner",
  smtpgreet: "scanner",
  sshclient: "scanner",
  sshpwauth: "brute-force",
  sshidpw: "brute-force",
  telnetlogin: "brute-force",
  vncrfb: "scanner",
};

const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const columns = ["asn", "asname", "ipaddr", "firstseen", "lastseen", "category"];

/** The cells from the last one back, as the AS's name may hold the delimiter. Some reports have one time, some two. */
function cut(row: string): string[] {
  const cells = row.split("|").map((cell) => cell.trim());
  if (cells.length < 5) return cells;
  const two = cells.length > 5 && time.test(cells.at(-3)!);
  const [first, last] = two ? [cells.at(-3)!, cells.at(-2)!] : ["", cells.at(-2)!];
  const name = cells.slice(1, two ? -4 : -3).join(" | ");
  return [cells[0]!, name, cells.at(two ? -4 : -3)!, first, last, cells.at(-1)!];
}

/** DataPlane.org: addresses that knocked at its sensors, a report a protocol. */
export const dataplane = makeListFormat({
  name: "dataplane",
  title: "DataPlane.org: addresses seen scanning, logging in or asking, by protocol",
  types: [
    {
      name: "dataplane",
      text: { columns, cut, looks: { asn: /^(?:\d+|NA)$/, lastseen: time, category: /^\w+$/ } },
      mapping: {
        version: "dataplane.1",
        fields: { time: "lastseen", address: "ipaddr" },
        kind: {
          columns: ["category"],
          rules: Object.entries(categories).map(([word, kind]) => ({ word, whole: true, kind })),
          otherwise: "scanner",
        },
        subject: "origin",
        reported: { asn: "asn" },
        nothing: ["NA"],
        tlp: "green",
      },
    },
  ],
});
