import type { Header } from "../shared/csv/index.ts";
import { basicTypes, findType, hasAddress, type ReportType } from "./report-types.ts";

/** The first row of a file, by its columns' names in lower case. */
export type FirstRow = ReadonlyMap<string, string>;

/** A type that a file's columns fit, and others that they fit as well. */
export interface Fit {
  readonly type: ReportType;
  readonly others: readonly ReportType[];
}

/** How many types have a column. */
const typesWith = new Map<string, number>();
for (const { ownColumns } of basicTypes)
  for (const column of ownColumns) typesWith.set(column, (typesWith.get(column) ?? 0) + 1);

/** Words by which the reports on attacks name what they saw. A sinkhole names malware. */
const attack = /scan|brute|ddos|spoof|darknet|honeypot/i;

/**
 * Finds the type of a file whose name does not tell: the one of which all columns are there, or else one whose own
 * columns tell it. A file with a column that the type does not know is of another type, which may look the same and mean
 * something else.
 */
export function typeByHeader(header: Header, first: FirstRow): Fit | undefined {
  const there = new Set(header.columns.map((column) => column.toLowerCase()));
  const fitting = basicTypes.filter(
    (type) => hasAddress(type, there) && [...there].every((column) => type.knows.includes(column)),
  );
  const missing = (type: ReportType): number =>
    type.columns.filter((column) => !there.has(column)).length;
  const whole = fitting.filter((type) => missing(type) === 0);
  if (whole.length > 0) {
    const most = Math.max(...whole.map((type) => type.columns.length));
    return onIpv6(
      byTag(
        whole.filter((type) => type.columns.length === most),
        first,
      ),
      first,
    );
  }
  const told = fitting.filter((type) => isTold(type, there, first));
  const fewest = Math.min(...told.map(missing));
  const closest = told.find((type) => missing(type) === fewest);
  if (closest === undefined) return undefined;
  // Where much is missing, the order in the table decides between reports on connections: sinkholes first.
  const far = there.has("src_ip") && 4 * fewest > closest.columns.length;
  return onIpv6({ type: far ? told[0]! : closest, others: [] }, first);
}

/** Columns that a type has had for so long that they tell it where it lacks newer ones. */
const oldColumns: Readonly<Record<string, readonly string[]>> = {
  event4_sinkhole_http: ["infection", "dst_ip", "http_host"],
  event4_sinkhole: ["infection", "dst_ip"],
  compromised_website: ["http_host"],
};

function isTold(type: ReportType, there: ReadonlySet<string>, first: FirstRow): boolean {
  const sinkhole = type.role === "callingVictim" && type.name.includes("sinkhole");
  if (sinkhole && attack.test(`${first.get("infection") ?? ""} ${first.get("tag") ?? ""}`))
    return false;
  if (oldColumns[type.name]?.every((column) => there.has(column))) return true;
  const own = type.ownColumns.filter((column) => there.has(column));
  return (
    own.some((column) => typesWith.get(column) === 1) || 2 * own.length > type.ownColumns.length
  );
}

/** Of types with the same columns, the one whose name the row's tag repeats. */
function byTag(types: readonly ReportType[], first: FirstRow): Fit {
  const tag = plain(first.get("tag") ?? "");
  const named = types.filter(({ name }) => tag.includes(plain(name.replace(/^[a-z]+4?_/, ""))));
  const [type, ...others] = named.length > 0 && tag !== "" ? named : types;
  return { type: type!, others };
}

function onIpv6({ type, others }: Fit, first: FirstRow): Fit {
  const address = first.get("ip") ?? first.get("src_ip") ?? first.get("http_referer_ip") ?? "";
  const other = address.includes(":") && type.onIpv6 ? findType(type.onIpv6)! : type;
  return { type: other, others };
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "");
}
