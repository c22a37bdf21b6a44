import { fitsType, makeMappedFormat, unknownColumns } from "../shared/mapping/index.ts";
import { reportTypes } from "./report-types.ts";

/** `2013-01-01-event4_sinkhole-china-asn.csv`; the day and what follows the type may be missing. */
const reportFile = /^(?<day>\d{4}-\d{2}-\d{2}-)?(?<type>[a-z0-9_]+)(?:-.*)?\.csv$/i;

/** Reports of the Shadowserver Foundation. A report type's roles and columns stand in one table, `report-types.ts`. */
export const shadowserver = makeMappedFormat({
  name: "shadowserver",
  title: "Shadowserver reports: sinkhole, compromised web site and brute-force events",
  types: reportTypes,
  choose(types, header, sample) {
    const file = reportFile.exec(sample.name)?.groups;
    const named = types.find((type) => type.name === file?.["type"]?.toLowerCase());
    if (named !== undefined) return fitsType(named, header) ? named : undefined;
    // A report of another type may look the same and mean something else.
    if (file?.["day"] !== undefined) return undefined;
    return types.find(
      (type) => fitsType(type, header) && unknownColumns(type, header).length === 0,
    );
  },
});
