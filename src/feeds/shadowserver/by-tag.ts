import type { Header } from "../shared/csv/index.ts";
import type { FirstRow } from "./by-header.ts";
import { basicTypes, findType, hasAddress, type ReportType, unmappedType } from "./report-types.ts";

/** Columns that all reports on hosts have, of all years; hardly anybody else's file has them under these names. */
const shared = ["timestamp", "ip", "asn", "geo"];
const places = ["region", "city", "naics", "tag"];

/** The name that a report has of which nothing tells the type. */
const nameless = "report_of_unknown_type";

/**
 * The type of a report whose name is lost and whose columns are those of another year: by the tag of its first row, which
 * repeats the type's name (`ldap-udp`, `radmin`), or by most of its own columns; else one that has no mapping. `undefined` if the file is no report on hosts.
 */
export function typeByTag(header: Header, first: FirstRow): ReportType | undefined {
  const there = new Set(header.columns.map((column) => column.toLowerCase()));
  if (!shared.every((column) => there.has(column))) return undefined;
  if (places.filter((column) => there.has(column)).length < 2) return undefined;
  const tags = (first.get("tag") ?? "").split(/[;,]/).map(plain);
  const fitting = basicTypes.filter((type) => hasAddress(type, there));
  const told =
    fitting.find((type) => tags.includes(plain(withoutPrefix(type.name)))) ??
    closest(fitting, there);
  const six = first.get("ip")?.includes(":") ?? false;
  if (told) return six && told.onIpv6 ? findType(told.onIpv6) : told;
  return unmappedType(nameless);
}

/** The type of whose own columns the most are there: three at least, and half of them. */
function closest(types: readonly ReportType[], there: ReadonlySet<string>): ReportType | undefined {
  const share = ({ ownColumns }: ReportType): number => {
    const found = ownColumns.filter((column) => there.has(column)).length;
    return found < 3 ? 0 : found / ownColumns.length;
  };
  const most = Math.max(...types.map(share));
  return most < 0.5 ? undefined : types.find((type) => share(type) === most);
}

function withoutPrefix(name: string): string {
  return name.replace(/^[a-z]+4?_/, "");
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "");
}
