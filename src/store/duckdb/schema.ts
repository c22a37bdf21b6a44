import type { Session } from "./database.ts";

/** The version of the tables below; a store of another version is refused with a clear message. */
export const SCHEMA_VERSION = 4;

/**
 * The tables. 64-bit text codes are those of core/observation; text that a code does not hold stands in `text`.
 * Times are UTC. A `day` is days since 1970-01-01.
 */
const TABLES = `
CREATE TABLE meta (name VARCHAR, value VARCHAR);
CREATE TABLE feed (id USMALLINT, name VARCHAR);

-- The journal: one row a batch, or a part of a batch that was too large for one transaction.
CREATE TABLE batch (
  id UINTEGER, feed USMALLINT, path VARCHAR, sha256 VARCHAR, file_size UBIGINT, part UINTEGER, last BOOLEAN,
  to_byte UBIGINT, to_line UBIGINT, reading VARCHAR, location_name VARCHAR, location_date VARCHAR,
  rows UBIGINT, kept UBIGINT, duplicate UBIGINT, refused UBIGINT,
  first_day USMALLINT, last_day USMALLINT, stored_at TIMESTAMP_MS, skipped UBIGINT, skips VARCHAR);

-- Observations: the fields that most rows have. What few rows have is in observation_detail, by batch, line and
-- identity: several observations may stand on one line.
CREATE TABLE observation (
  batch UINTEGER, line UINTEGER, seen_at TIMESTAMP_MS, victim UBIGINT, origin UBIGINT, ports UINTEGER,
  victim_asn UINTEGER, event_id UBIGINT, count UINTEGER, identity UBIGINT, extra UBIGINT,
  victim_extra UBIGINT, facet UINTEGER);
CREATE TABLE observation_detail (
  batch UINTEGER, line UINTEGER, seen_until TIMESTAMP_MS, victim_low UBIGINT, origin_low UBIGINT,
  victim_host UBIGINT, origin_host UBIGINT, url UBIGINT, identity UBIGINT);

-- The low-cardinality facts under which rows are counted.
CREATE TABLE facet (
  id UINTEGER, feed USMALLINT, kind UTINYINT, sides UTINYINT, victim_country USMALLINT, victim_mark UTINYINT,
  origin_country USMALLINT, origin_mark UTINYINT, origin_asn UINTEGER, protocol UTINYINT, tlp UTINYINT,
  confidence UTINYINT, family UBIGINT, sector UBIGINT);
CREATE TABLE text (code UBIGINT, text VARCHAR);
CREATE TABLE refused (
  batch UINTEGER, line UBIGINT, reason VARCHAR, raw VARCHAR, ordinal UINTEGER, nth INTEGER, apart UINTEGER);
-- Of refused rows whose raw text is not all: deflated, by the number that refused.apart gives.
CREATE TABLE refused_bytes (batch UINTEGER, id UINTEGER, bytes BLOB);
CREATE TABLE retaken (batch UINTEGER, line UBIGINT, taken_at TIMESTAMP_MS, ordinal UINTEGER);

-- Roll-ups. seen_*: on which days which key was present under which facet (repeats do no harm). cell: the prev-seen cube
-- as additive changes. daily: rows by day, cause and kind.
CREATE TABLE seen_victim (part UINTEGER, day USMALLINT, key UBIGINT, facet UINTEGER);
CREATE TABLE seen_origin (part UINTEGER, day USMALLINT, key UBIGINT, facet UINTEGER);
CREATE TABLE seen_site (part UINTEGER, day USMALLINT, key UBIGINT, facet UINTEGER);
CREATE TABLE dimension (id UINTEGER, view UTINYINT, value UBIGINT);
CREATE TABLE cell (view UTINYINT, dimension UINTEGER, day USMALLINT, prev USMALLINT, n INTEGER);
CREATE TABLE daily (day USMALLINT, feed USMALLINT, cause UTINYINT, kind UTINYINT, rows UINTEGER);
CREATE TABLE view_state (view UTINYINT, part UINTEGER);
`;

/** Tables that came later. A store without them is given them when it is opened; a program without them does not miss them. */
const LATER_TABLES = `
-- Event days of which a feed should have told and did not.
CREATE TABLE IF NOT EXISTS feed_gap (feed USMALLINT, day USMALLINT, state VARCHAR, why VARCHAR);

-- Findings: observations folded by side (0 victim, 1 origin), kind, family and asset. The asset is an address (asset_hi, asset_lo) or
-- a host (asset_host). From the newest observation: facet, ports, victim_asn; from the newest that has one: url, host, address.
CREATE TABLE IF NOT EXISTS finding (
  side UTINYINT, kind UTINYINT, family UBIGINT, asset_hi UBIGINT, asset_lo UBIGINT, asset_host UBIGINT,
  first_seen TIMESTAMP_MS, last_seen TIMESTAMP_MS, observations UBIGINT, newest UHUGEINT, url UBIGINT, host UBIGINT,
  address_hi UBIGINT, address_lo UBIGINT, tlp UTINYINT, confidence UTINYINT, feeds USMALLINT[],
  last_batch UINTEGER);
-- How far, and for which home.
CREATE TABLE IF NOT EXISTS folded (batch UINTEGER, home VARCHAR);
`;

/** Makes the tables in an empty database, in one transaction. */
export async function createTables(session: Session): Promise<void> {
  await session.run("BEGIN");
  await runAll(session, TABLES);
  await session.run("INSERT INTO meta VALUES ('schema', $1)", [String(SCHEMA_VERSION)]);
  await session.run("COMMIT");
}

/** What makes the tables of a version those of the next one; the first are of version 1. */
const UPGRADES = [
  // A line was one observation, and told which details are whose.
  `CREATE TABLE detail_of_line AS SELECT d.*, o.identity FROM observation_detail d
     JOIN observation o ON o.batch = d.batch AND o.line = d.line;
   DROP TABLE observation_detail;
   ALTER TABLE detail_of_line RENAME TO observation_detail`,
  // Elements that are neither observation nor mistake were not counted.
  `ALTER TABLE batch ADD COLUMN skipped UBIGINT DEFAULT 0;
   ALTER TABLE batch ADD COLUMN skips VARCHAR DEFAULT '{}'`,
  // Refused rows of a line had one id; of a row with more than 4,096 bytes, or with bytes that are no text, that was all.
  `CREATE TABLE refused_apart AS SELECT batch, line, reason, raw,
       (row_number() OVER (PARTITION BY batch, line ORDER BY rowid))::UINTEGER AS ordinal, 0::INTEGER AS nth,
       (CASE WHEN strlen(raw) <= 4092 AND NOT contains(raw, chr(65533)) THEN 0 ELSE 4294967295 END)::UINTEGER AS apart
     FROM refused;
   DROP TABLE refused;
   ALTER TABLE refused_apart RENAME TO refused;
   CREATE TABLE refused_bytes (batch UINTEGER, id UINTEGER, bytes BLOB);
   CREATE TABLE retaken_apart AS SELECT t.batch, t.line, t.taken_at, r.ordinal
     FROM retaken t JOIN refused r ON r.batch = t.batch AND r.line = t.line;
   DROP TABLE retaken;
   ALTER TABLE retaken_apart RENAME TO retaken`,
];

/** Changes the tables of an earlier version into those of today, in one transaction. */
export async function upgradeTables(session: Session, version: number): Promise<void> {
  await session.run("BEGIN");
  for (const upgrade of UPGRADES.slice(version - 1)) await runAll(session, upgrade);
  await session.run("UPDATE meta SET value = $1 WHERE name = 'schema'", [String(SCHEMA_VERSION)]);
  await session.run("COMMIT");
}

/** Makes the tables that came later, where they are not yet. */
export async function addLaterTables(session: Session): Promise<void> {
  await runAll(session, LATER_TABLES);
}

async function runAll(session: Session, statements: string): Promise<void> {
  for (const statement of statements.replaceAll(/--.*$/gm, "").split(";"))
    if (statement.trim()) await session.run(statement);
}

/** The store's schema version; 0 for an empty database. */
export async function schemaVersion(session: Session): Promise<number> {
  const tables = await session.rows<{ n: bigint }>(
    "SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'meta'",
  );
  if (tables[0]!.n === 0n) return 0;
  const rows = await session.rows<{ value: string }>(
    "SELECT value FROM meta WHERE name = 'schema'",
  );
  return Number(rows[0]?.value ?? 0);
}
