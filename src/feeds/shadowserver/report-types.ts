import { isKind } from "../../core/taxonomy/index.ts";
import { type Mapping, type MappedType, sourceOf } from "../shared/mapping/index.ts";
import { commonColumns, expandColumns, formerColumns, words } from "./columns.ts";
import { kindRules, mappingOfRole, type Role } from "./mappings.ts";
import { table } from "./table.ts";

/** A report type of Shadowserver. */
export interface ReportType extends MappedType {
  readonly role: Role;
  /** The columns that it has today. */
  readonly columns: readonly string[];
  /** Those of them that tell it from other types. */
  readonly ownColumns: readonly string[];
  /** The name of the same report on IPv6, if there is one. */
  readonly onIpv6?: string;
}

/** Shadowserver shares its reports with the network's owner only. */
const everywhere = { tlp: "amber", mayLackLastCell: true } as const;

/** The report types on IPv4, and those that do not tell, in the order of the table. */
export const basicTypes: readonly ReportType[] = Object.entries(table).flatMap(([role, text]) =>
  text
    .trim()
    .split(/\n(?=\S)/)
    .map((line) => readLine(role as Role, words(line))),
);

/** Every report type that Shadowserver has. */
export const reportTypes: readonly ReportType[] = basicTypes.flatMap((type) =>
  type.onIpv6 === undefined ? [type] : [type, renamed(type, type.onIpv6)],
);

const byName = new Map(reportTypes.map((type) => [type.name, type]));

/** Names that report types had. */
const formerNames = new Map([
  ["cisco_smart_install", "scan_cisco_smart_install"],
  ["dns_openresolver", "scan_dns"],
]);

/**
 * The report type of that name. One on IPv6 that does not exist today, `event6_honeypot_brute_force`, is read as its
 * brother on IPv4 is.
 */
export function findType(name: string): ReportType | undefined {
  const brother = name.replace(/^([a-z]+)6_/, "$1_").replace(/^event_/, "event4_");
  const names = [name, brother, name.replace(/6$/, ""), formerNames.get(name) ?? ""];
  const found = names.map((one) => byName.get(one)).find((type) => type !== undefined);
  return found && (found.name === name ? found : renamed(found, name));
}

/** Whether these columns, in lower case, have a time and somebody's address or name where the type looks for them. */
export function hasAddress({ mapping }: ReportType, there: ReadonlySet<string>): boolean {
  const has = (field: "seenAt" | "victim" | "origin" | "victimHost" | "originHost"): boolean =>
    sourceOf(mapping, field)?.columns.some((column) => there.has(column)) ?? false;
  return (
    has("seenAt") && (has("victim") || has("origin") || has("victimHost") || has("originHost"))
  );
}

/** A type that is not in the table, read by the columns that all reports share. Its kind is for people to find. */
export function unmappedType(name: string): ReportType {
  const role = roleByName(name);
  const version = "shadowserver.unmapped.1";
  const mapping: Mapping = { ...mappingOfRole(role), kind: "undetermined", version, ...everywhere };
  return { name, role, mapping, needs: [], knows: [], columns: [], ownColumns: [] };
}

/** Shadowserver's names tell what a report is about: only the events of honeypots and attacks name who did it. */
function roleByName(name: string): Role {
  if (/(^|_)(blocklist|c2|cc|phish\w*|url)(6?$|_)/.test(name)) return "badHost";
  if (name.startsWith("event"))
    return name.includes("sinkhole") ? "callingVictim" : "callingOrigin";
  return /(^|_)(honeypot|ddos)(_|$)/.test(name) ? "callingOrigin" : "exposedHost";
}

function readLine(role: Role, [first, second, ...rest]: string[]): ReportType {
  const name = first!.replace("*", "");
  const columns = expandColumns(rest);
  return {
    name,
    role,
    mapping: { ...mapRole(role, second!), version: `shadowserver.${name}.1`, ...everywhere },
    needs: [],
    knows: [...columns, ...formerColumns],
    columns,
    ownColumns: columns.filter((column) => !commonColumns.has(column)),
    ...(first!.endsWith("*") && { onIpv6: onIpv6(name) }),
  };
}

function mapRole(
  role: Role,
  kindWord: string,
): Pick<Mapping, "fields" | "kind" | "reported" | "protocol"> {
  const [word = "", protocol] = kindWord.split("/");
  const { fields, reported } = mappingOfRole(role);
  const kind = isKind(word) ? word : kindRules[word]!;
  const base = { kind, ...(reported && { reported }) };
  if (protocol !== "tcp" && protocol !== "udp") return { ...base, fields };
  const { protocol: _, ...others } = fields;
  return { ...base, fields: others, protocol };
}

function onIpv6(name: string): string {
  if (name.startsWith("event4_")) return name.replace("4", "6");
  return /^(scan|population)_/.test(name) ? name.replace("_", "6_") : `${name}6`;
}

function renamed(type: ReportType, name: string): ReportType {
  return { ...type, name, mapping: { ...type.mapping, version: `shadowserver.${name}.1` } };
}
