import type { ItemWriter, Statement } from "../../app/case-ports.ts";
import type { RedactedItem } from "../../core/alert/index.ts";
import { rsitOf } from "../shared/direction.ts";
import { ownUuid } from "../shared/uuid.ts";
import { reportType } from "./report-type.ts";
import { type ContactInfo, version3 } from "./version-3.ts";

/** The version of the specification that is written (xarf.org). */
const VERSION = "4.2.0";

/** Who reports: a team and an address of it. */
export interface Reporter {
  readonly name: string;
  readonly mail: string;
}

/**
 * XARF 4 (xarf.org), and within it 3: machine-readable abuse reports, which automated abuse desks take. A file has one report, or an array of them. The report
 * of an item keeps its id in every message of a thread, so that a reminder is no second report.
 */
export function makeItemXarf(reporter: Reporter): ItemWriter {
  const contact = {
    org: reporter.name.slice(0, 200),
    contact: reporter.mail,
    domain: reporter.mail.slice(reporter.mail.lastIndexOf("@") + 1),
  };
  return {
    format: "xarf",
    ending: "xarf.json",
    type: "application/json",
    write(statement) {
      const reports = statement.items.flatMap((item) => reportOf(item, statement, contact));
      const [only] = reports;
      if (only === undefined) return "";
      return `${JSON.stringify(reports.length === 1 ? only : reports, null, 2)}\n`;
    },
  };
}

function reportOf(item: RedactedItem, { ticket }: Statement, contact: ContactInfo): object[] {
  const type = reportType(item);
  if (type === undefined) return [];
  return [
    {
      xarf_version: VERSION,
      report_id: reportId(ticket, item),
      timestamp: item.lastSeen,
      reporter: contact,
      sender: contact,
      source_identifier: item.address || item.asset,
      ...(item.port === 0 ? {} : { source_port: item.port }),
      ...type,
      first_seen: item.firstSeen,
      last_seen: item.lastSeen,
      ...(item.asn === 0 ? {} : { asn: item.asn }),
      ...(item.country === "" ? {} : { country_code: item.country }),
      ...(item.confidence === null ? {} : { confidence: item.confidence / 100 }),
      description: `Ticket ${ticket}, seen ${item.observations} times`,
      tags: tagsOf(item),
      ...version3(type, item, contact, ticket),
    },
  ];
}

/** XARF asks for version 4 of a UUID; ours is made from what it names, with the digit that says so. */
function reportId(ticket: string, { side, kind, family, asset }: RedactedItem): string {
  return ownUuid("xarf", ticket, side, kind, family, asset).replace(/^(.{14})5/, "$14");
}

/** Tags have small letters, and neither blanks nor brackets. */
function tagsOf({ kind, family, tlp, side }: RedactedItem): string[] {
  const name = family
    .toLowerCase()
    .replace(/[^a-z0-9_+.-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "");
  return [
    `tlp:${tlp}`,
    `rsit:${rsitOf(kind).type}`,
    ...(side === "origin" && /^(c2-server|infected-system)$/.test(kind)
      ? ["botnet:command-and-control"]
      : []),
    ...(name === "" ? [] : [`malware:${name}`]),
  ];
}
