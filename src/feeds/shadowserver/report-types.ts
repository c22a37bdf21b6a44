import type { MappedType } from "../shared/mapping/index.ts";
import {
  bruteForceColumns,
  compromisedWebsiteColumns,
  sinkholeColumns,
  sinkholeHttpColumns,
} from "./columns.ts";
import { bruteForce, compromisedWebsite, type ReportMapping, sinkhole } from "./mappings.ts";

type Row = readonly [
  name: string,
  mapping: ReportMapping,
  needs: readonly string[],
  knows: readonly string[],
];

const connection = ["timestamp", "src_ip", "dst_ip"];

/** One row a report type; for a file without a telling name, the first row that fits its header counts. */
const table: readonly Row[] = [
  [
    "event4_sinkhole_http",
    sinkhole,
    [...connection, "infection", "http_host"],
    sinkholeHttpColumns,
  ],
  [
    "event6_sinkhole_http",
    sinkhole,
    [...connection, "infection", "http_host"],
    sinkholeHttpColumns,
  ],
  ["event4_sinkhole", sinkhole, [...connection, "infection"], sinkholeColumns],
  ["event6_sinkhole", sinkhole, [...connection, "infection"], sinkholeColumns],
  [
    "event4_honeypot_brute_force",
    bruteForce,
    [...connection, "username", "service"],
    bruteForceColumns,
  ],
  [
    "event6_honeypot_brute_force",
    bruteForce,
    [...connection, "username", "service"],
    bruteForceColumns,
  ],
  [
    "compromised_website",
    compromisedWebsite,
    ["timestamp", "ip", "http_host"],
    compromisedWebsiteColumns,
  ],
  [
    "compromised_website6",
    compromisedWebsite,
    ["timestamp", "ip", "http_host"],
    compromisedWebsiteColumns,
  ],
];

/** The report types of Shadowserver that Tocsin reads. */
export const reportTypes: readonly MappedType[] = table.map(([name, mapping, needs, knows]) => ({
  name,
  mapping: { ...mapping, version: `shadowserver.${name}.1` },
  needs,
  knows,
}));
