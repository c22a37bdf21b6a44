import type { RedactedItem } from "../../core/alert/index.ts";
import type { ReportType } from "./report-type.ts";

/** Who reports, in the members of version 4. */
export interface ContactInfo {
  readonly org: string;
  readonly contact: string;
  readonly domain: string;
}

/** Class and type of version 3 (github.com/abusix/xarf) for a type of version 4, and where the family's name goes. */
const TYPES: Readonly<Record<string, readonly [of: string, type: string, family?: string]>> = {
  botnet: ["Content", "Botnet", "BotnetName"],
  malware: ["Content", "Malware", "MalwareName"],
  remote_compromise: ["Content", "Malware", "MalwareName"],
  phishing: ["Content", "Phishing"],
  port_scan: ["Activity", "PortScan"],
  login_attack: ["Activity", "LoginAttack"],
  ddos: ["Activity", "DOS"],
  spam: ["Activity", "Spam"],
  open_service: ["Vulnerability", "OpenService"],
  misconfiguration: ["Vulnerability", "OpenService"],
  cve: ["Vulnerability", "OpenService"],
};

/** The highest AS number that version 3 knows. */
const HIGHEST_ASN = 4_199_999_999;

/**
 * The members of version 3, to stand beside those of version 4: either lets others be there, so that one report serves desks that read
 * the one or the other. None where version 3 has no type, or asks for an address that we have not.
 */
export function version3(
  type: ReportType,
  item: RedactedItem,
  contact: ContactInfo,
  ticket: string,
): object {
  const known = TYPES[String(type["type"])];
  if (known === undefined || item.address === "" || contact.org.length < 3) return {};
  const [of, name, family] = known;
  return {
    Version: "3",
    ReporterInfo: {
      ReporterType: "Org",
      ReporterOrg: contact.org,
      ReporterOrgDomain: contact.domain,
      ReporterOrgEmail: contact.contact,
    },
    // Whether the holder's customer may be told who reported.
    Disclosure: item.tlp === "clear",
    Report: {
      ReportClass: of,
      ReportType: name,
      ReporterCaseID: ticket,
      Date: item.lastSeen,
      FirstSeen: item.firstSeen,
      SourceIp: item.address,
      ...(item.port === 0 ? {} : { SourcePort: item.port }),
      ...(item.asn === 0 || item.asn > HIGHEST_ASN ? {} : { ASN: item.asn }),
      ...(type["url"] === undefined ? {} : { SourceUrl: type["url"] }),
      ...(type["service"] === undefined ? {} : { ServiceName: type["service"] }),
      ...(family === undefined || item.family === "" ? {} : { [family]: item.family }),
    },
  };
}
