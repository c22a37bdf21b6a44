import type { Tlp } from "../../../core/marking/index.ts";
import { type Found, isJsonObject, type JsonObject, own } from "../document/index.ts";
import { readXarf3 } from "./xarf3.ts";
import { readXarf4 } from "./xarf4.ts";

export { reportKind } from "./report-kinds.ts";

/** Which XARF a value is; `undefined` if it is none. */
export function xarfVersion(value: unknown): 3 | 4 | undefined {
  if (!isJsonObject(value)) return undefined;
  if (own(value, "xarf_version") !== undefined) return 4;
  const envelope = isJsonObject(own(value, "ReporterInfo")) || own(value, "Version") !== undefined;
  return envelope && own(value, "Report") !== undefined ? 3 : undefined;
}

/** Reads a report of XARF of any version. */
export function readXarf(report: JsonObject, tlp: Tlp): Found {
  return xarfVersion(report) === 4 ? readXarf4(report, tlp) : readXarf3(report, tlp);
}
