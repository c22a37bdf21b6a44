/** Folds observations into findings, set-wise, by ranges of batches. */
import { kindOnSide } from "../../core/finding/index.ts";
import { packCountry } from "../../core/network/index.ts";
import { markCodes, sideBits } from "../../core/observation/index.ts";
import { allKinds, countsSites, kindCode } from "../../core/taxonomy/index.ts";
import { rollBack, type Session } from "./database.ts";

/** Rows that are folded in one transaction: what it needs of memory grows with them. */
const ROWS_AT_ONCE = 2_000_000n;

/** What a finding is, beside its facts. */
export const IDENTITY = ["side", "kind", "family", "asset_hi", "asset_lo", "asset_host"] as const;

/** Stored codes of the sides of a finding. */
export const sideCodes = { victim: 0, origin: 1 } as const;

const siteKinds = allKinds.filter(countsSites).map(kindCode).join(",");

/** Folds all batches that are not folded. Gives the newest batch that is. */
export async function foldFindings(session: Session, home: readonly string[]): Promise<number> {
  const of = await foldedSoFar(session, home);
  let from = of;
  for (;;) {
    const until = await nextRange(session, from);
    if (until === undefined) return from;
    await transaction(session, async () => {
      await stageFold(session, home, `o.batch > ${from} AND o.batch <= ${until}`, until);
      await mergeFold(session);
      await noteFolded(session, until, home);
    });
    from = until;
  }
}

/** The newest batch that is folded. With another home other victims are findings: then all is folded anew. */
async function foldedSoFar(session: Session, home: readonly string[]): Promise<number> {
  const [row] = await session.rows<{ batch: number; home: string }>("SELECT * FROM folded");
  if (!row) return 0;
  if (row.home === homeText(home)) return row.batch;
  await transaction(session, async () => {
    await session.run("DELETE FROM finding");
    await session.run("DELETE FROM folded");
  });
  return 0;
}

/** The last batch of the next range; `undefined` if there is none. A batch is folded whole, however large it is. */
async function nextRange(session: Session, from: number): Promise<number | undefined> {
  const [row] = await session.rows<{ until: number | null }>(
    `SELECT coalesce(max(id) FILTER (rows_until <= ${ROWS_AT_ONCE}), min(id)) AS until
     FROM (SELECT id, sum(kept) OVER (ORDER BY id) AS rows_until FROM batch WHERE id > $1)`,
    [from],
  );
  return row?.until ?? undefined;
}

async function noteFolded(session: Session, batch: number, home: readonly string[]): Promise<void> {
  await session.run("DELETE FROM folded");
  await session.run("INSERT INTO folded VALUES ($1, $2)", [batch, homeText(home)]);
}

function homeText(home: readonly string[]): string {
  return home.toSorted().join(",");
}

/** Makes the temporary table `fold` of the rows (`o`, with detail `d`) that meet a condition. */
async function stageFold(
  session: Session,
  home: readonly string[],
  condition: string,
  batch: number,
): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE fold AS
     ${foldSql("victim", `f.victim_country IN (${home.map(packCountry).join(",") || "NULL"}) AND ${condition}`, batch)}
     UNION ALL ${foldSql("origin", condition, batch)}`,
  );
}

/** `kindOnSide` of the facet `f`. */
export function kindSql(side: "victim" | "origin"): string {
  const changed = allKinds.filter((kind) => kindOnSide(side, kind) !== kind);
  const cases = changed.map(
    (kind) => `WHEN ${kindCode(kind)} THEN ${kindCode(kindOnSide(side, kind))}`,
  );
  return changed.length === 0
    ? "f.kind"
    : `(CASE f.kind ${cases.join(" ")} ELSE f.kind END)::UTINYINT`;
}

function foldSql(side: "victim" | "origin", condition: string, batch: number): string {
  const host = `coalesce(d.${side}_host, 0)::UBIGINT`;
  const low = `coalesce(d.${side}_low, 0)::UBIGINT`;
  const byHost = `(o.${side} = 0${side === "victim" ? ` OR (f.kind IN (${siteKinds}) AND ${host} <> 0)` : ""})`;
  return `SELECT ${sideCodes[side]}::UTINYINT AS side, ${kindSql(side)} AS kind, f.family,
      CASE WHEN ${byHost} THEN 0 ELSE o.${side} END::UBIGINT AS asset_hi,
      CASE WHEN ${byHost} THEN 0 ELSE ${low} END::UBIGINT AS asset_lo,
      CASE WHEN ${byHost} THEN ${host} ELSE 0 END::UBIGINT AS asset_host,
      min(o.seen_at) AS first_seen, max(greatest(o.seen_at, coalesce(d.seen_until, o.seen_at))) AS last_seen,
      count(*)::UBIGINT AS observations,
      arg_max((o.facet::UHUGEINT << 64) | (o.ports::UHUGEINT << 32) | o.victim_asn::UHUGEINT, o.seen_at) AS newest,
      coalesce(arg_max(d.url, o.seen_at) FILTER (d.url <> 0), 0)::UBIGINT AS url,
      coalesce(arg_max(${host}, o.seen_at) FILTER (${host} <> 0), 0)::UBIGINT AS host,
      coalesce(arg_max(o.${side}, o.seen_at) FILTER (o.${side} <> 0), 0)::UBIGINT AS address_hi,
      coalesce(arg_max(${low}, o.seen_at) FILTER (o.${side} <> 0), 0)::UBIGINT AS address_lo,
      max(f.tlp) AS tlp, max(nullif(f.confidence, 255)) AS confidence, list(DISTINCT f.feed) AS feeds,
      ${batch}::UINTEGER AS last_batch
    FROM observation o JOIN facet f ON f.id = o.facet
    LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
    WHERE (f.sides & ${sideBits[side]}) <> 0 AND f.${side}_mark = ${markCodes.none} AND f.kind <> ${kindCode("test")} AND ${condition}
      AND (o.${side} <> 0 OR ${host} <> 0)
    GROUP BY ALL`;
}

/** Adds what is in `fold` to the findings. */
async function mergeFold(session: Session): Promise<void> {
  const same = IDENTITY.map((column) => `finding.${column} = n.${column}`).join(" AND ");
  const newer = (column: string, given: string): string =>
    `${column} = CASE WHEN ${given} AND n.last_seen >= finding.last_seen THEN n.${column} ELSE finding.${column} END`;
  const newerOrFirst = (column: string): string =>
    `${column} = CASE WHEN n.${column} <> 0 AND (n.last_seen >= finding.last_seen OR finding.${column} = 0) THEN n.${column} ELSE finding.${column} END`;
  await session.run(
    `UPDATE finding SET first_seen = least(finding.first_seen, n.first_seen), last_seen = greatest(finding.last_seen, n.last_seen),
       observations = finding.observations + n.observations, ${newer("newest", "true")},
       ${["url", "host"].map(newerOrFirst).join(", ")},
       ${["address_hi", "address_lo"].map((column) => newer(column, "n.address_hi <> 0")).join(", ")},
       tlp = greatest(finding.tlp, n.tlp), confidence = greatest(finding.confidence, n.confidence),
       feeds = list_distinct(list_concat(finding.feeds, n.feeds)), last_batch = n.last_batch
     FROM fold n WHERE ${same}`,
  );
  await session.run(`INSERT INTO finding SELECT * FROM fold n ANTI JOIN finding ON ${same}`);
  await session.run("DROP TABLE fold");
}

/** Notes the assets that batches are about, before these are withdrawn. */
export async function stageTouchedAssets(session: Session, batches: string): Promise<void> {
  const assets = (["victim", "origin"] as const).map(
    (
      side,
    ) => `SELECT ${sideCodes[side]} AS side, o.${side} AS hi, coalesce(d.${side}_host, 0)::UBIGINT AS host
      FROM observation o LEFT JOIN observation_detail d ON d.batch = o.batch AND d.line = o.line AND d.identity = o.identity
      WHERE o.batch IN (${batches})`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE touched_asset AS SELECT DISTINCT * FROM (${assets.join(" UNION ALL ")})`,
  );
}

/**
 * Folds the findings of the touched assets anew, from the rows that stayed. They count as touched by the batch after the newest
 * that is folded: by those that come in place of what was withdrawn.
 */
export async function refoldTouched(session: Session, home: readonly string[]): Promise<void> {
  const [row] = await session.rows<{ batch: number }>("SELECT batch FROM folded");
  if (row) {
    const touched = (side: "victim" | "origin", of: "hi" | "host"): string =>
      `(SELECT ${of} FROM touched_asset WHERE side = ${sideCodes[side]} AND ${of} <> 0)`;
    const isTouched = (side: "victim" | "origin"): string =>
      `(side = ${sideCodes[side]} AND (asset_hi IN ${touched(side, "hi")} OR asset_host IN ${touched(side, "host")}))`;
    await session.run(`DELETE FROM finding WHERE ${isTouched("victim")} OR ${isTouched("origin")}`);
    const condition = (["victim", "origin"] as const)
      .flatMap((side) => [
        `o.${side} IN ${touched(side, "hi")}`,
        `d.${side}_host IN ${touched(side, "host")}`,
      ])
      .join(" OR ");
    await stageFold(session, home, `o.batch <= ${row.batch} AND (${condition})`, row.batch + 1);
    // A row may be touched on one side and be an old row of the other's.
    await session.run(
      `INSERT INTO finding SELECT * FROM fold WHERE ${isTouched("victim")} OR ${isTouched("origin")}`,
    );
    await session.run("DROP TABLE fold");
  }
  await session.run("DROP TABLE touched_asset");
}

async function transaction(session: Session, work: () => Promise<void>): Promise<void> {
  await session.run("BEGIN");
  try {
    await work();
    await session.run("COMMIT");
  } catch (error) {
    await rollBack(session, error);
    throw error;
  }
}
