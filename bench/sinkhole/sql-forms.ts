/**
 * The same work in SQL alone: read the report, locate both sides, keep each event once, store everything. Two forms: as one
 * would write it, and the fastest that we found.
 */
import { COLUMNS } from "./row-writer.ts";

/** The name of a form. */
export type SqlForm = "plain" | "best";

/** Statements, in order, that make the table `observation` of an empty database. */
export function statements(form: SqlForm, report: string, location: string): string[] {
  const read = `read_csv(${text(report)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    columns = {${COLUMNS.map((name) => `'${name}': '${TYPES[name] ?? "VARCHAR"}'`).join(", ")}})`;
  return [...common(location), ...(form === "plain" ? plain(read) : best(read))];
}

const TYPES: Readonly<Record<string, string>> = {
  timestamp: "TIMESTAMP",
  src_port: "USMALLINT",
  dst_port: "USMALLINT",
  src_asn: "UINTEGER",
  dst_asn: "UINTEGER",
  src_naics: "UINTEGER",
  dst_naics: "UINTEGER",
};

/** What makes an event this event and no other: as in Tocsin's identity key. */
const IDENTITY =
  "timestamp, protocol, src_ip, src_port, src_hostname, dst_ip, dst_port, dst_hostname, coalesce(family, infection), event_id";

/** Columns that Tocsin keeps as `extra`: they depend on the network of the victim, or on the origin. */
const VICTIM_EXTRA = COLUMNS.slice(4, 15).filter((name) => name !== "src_hostname");
const ORIGIN_EXTRA = COLUMNS.slice(17).filter(
  (name) => !["dst_hostname", "infection", "family", "event_id"].includes(name),
);

function common(location: string): string[] {
  return [
    // Without it this version joins ranges by nested loops, as it believes that a CSV file is short: twenty times slower.
    "SET asof_loop_join_threshold = 0",
    `CREATE TABLE location AS SELECT * FROM read_csv(${text(location)}, header = false,
       columns = {'first': 'UINTEGER', 'last': 'UINTEGER', 'country': 'VARCHAR', 'asn': 'UINTEGER'}) ORDER BY first`,
  ];
}

function plain(read: string): string[] {
  const rest = COLUMNS.filter((name) => name !== "src_ip" && name !== "dst_ip").join(", ");
  return [
    `CREATE TABLE observation AS
     WITH report AS (SELECT *, ${number("src_ip")} AS victim, ${number("dst_ip")} AS origin FROM ${read})
     SELECT DISTINCT ON (${IDENTITY}) victim, origin, ${rest},
       CASE WHEN victim <= v.last THEN v.country END AS victim_country,
       CASE WHEN victim <= v.last THEN v.asn END AS victim_asn,
       CASE WHEN origin <= o.last THEN o.country END AS origin_country,
       CASE WHEN origin <= o.last THEN o.asn END AS origin_asn
     FROM report ASOF LEFT JOIN location v ON victim >= v.first ASOF LEFT JOIN location o ON origin >= o.first`,
  ];
}

/** Each address is located once; repeats are found by a hash; texts that come again and again are kept once. */
function best(read: string): string[] {
  const victimExtra = VICTIM_EXTRA.join(", ");
  const originExtra = ORIGIN_EXTRA.join(", ");
  return [
    "SET preserve_insertion_order = false",
    `CREATE TEMP TABLE report AS SELECT *, hash(${IDENTITY}) AS identity,
       hash(${victimExtra}) AS victim_extra, hash(${originExtra}) AS origin_extra FROM ${read}`,
    `CREATE TEMP TABLE place AS SELECT a.ip, a.key, CASE WHEN a.key <= l.last THEN l.country END AS country,
       CASE WHEN a.key <= l.last THEN l.asn END AS asn
     FROM (SELECT ip, ${number("ip")} AS key FROM (SELECT src_ip AS ip FROM report UNION SELECT dst_ip FROM report)) a
     ASOF LEFT JOIN location l ON a.key >= l.first`,
    `CREATE TEMP TABLE again AS SELECT identity, min(rowid) AS first FROM report GROUP BY identity HAVING count(*) > 1`,
    `CREATE TABLE observation AS
     SELECT r.timestamp, r.protocol, v.key AS victim, o.key AS origin, r.src_port, r.dst_port, r.src_hostname, r.dst_hostname,
       coalesce(r.family, r.infection) AS family, r.event_id, r.identity, r.victim_extra, r.origin_extra,
       v.country AS victim_country, v.asn AS victim_asn, o.country AS origin_country, o.asn AS origin_asn
     FROM report r JOIN place v ON v.ip = r.src_ip JOIN place o ON o.ip = r.dst_ip
     WHERE NOT EXISTS (FROM again a WHERE a.identity = r.identity AND a.first <> r.rowid)`,
    `CREATE TABLE victim_extra AS SELECT DISTINCT ON (victim_extra) victim_extra, ${victimExtra} FROM report`,
    `CREATE TABLE origin_extra AS SELECT DISTINCT ON (origin_extra) origin_extra, ${originExtra} FROM report`,
    "DROP TABLE report",
  ];
}

/** An IPv4 address as a number. */
function number(address: string): string {
  const part = (at: number): string => `split_part(${address}, '.', ${at})::UINTEGER`;
  return `(${part(1)} * 16777216 + ${part(2)} * 65536 + ${part(3)} * 256 + ${part(4)})`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
