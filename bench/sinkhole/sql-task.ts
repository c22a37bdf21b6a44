/** Task: DuckDB alone takes the report in, and answers. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type Cost, measure } from "../shared/measure.ts";
import { HOME } from "../shared/tocsin.ts";
import type { Answers, Hosts } from "./answers.ts";
import { type SqlForm, statements } from "./sql-forms.ts";

/** What to take in, and how. */
export interface SqlOrder {
  readonly form: SqlForm;
  readonly report: string;
  readonly location: string;
  /** A folder for the database. */
  readonly dir: string;
}

/** What it cost, and what SQL counts. */
export interface SqlOutcome {
  readonly cost: Cost;
  readonly storeBytes: number;
  readonly answers: Answers;
}

const COUNTED = `victim_country = '${HOME}' AND origin_country <> '${HOME}'`;
const HOSTS =
  "count(DISTINCT victim)::INTEGER AS victims, count(DISTINCT origin)::INTEGER AS origins";

/** Opens an empty database, stores the report, closes it: that is measured. Then asks. */
export async function run({ form, report, location, dir }: SqlOrder): Promise<SqlOutcome> {
  const path = join(dir, `${form}.duckdb`);
  rmSync(path, { force: true });
  const { cost } = await measure(() =>
    connected(path, async (connection) => {
      for (const statement of statements(form, report, location)) await connection.run(statement);
    }),
  );
  const answers = await connected(path, ask);
  const storeBytes = statSync(path).size;
  rmSync(path);
  return { cost, storeBytes, answers };
}

async function connected<Value>(
  path: string,
  work: (connection: DuckDBConnection) => Promise<Value>,
): Promise<Value> {
  const instance = await DuckDBInstance.create(path, {
    threads: "2",
    temp_directory: `${path}.tmp`,
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function ask(connection: DuckDBConnection): Promise<Answers> {
  const rows = async (sql: string): Promise<Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as Row[];
  const by = async (group: string): Promise<Record<string, Hosts>> => {
    const sql = `SELECT ${group} AS name, ${HOSTS} FROM observation WHERE ${COUNTED} GROUP BY name`;
    return Object.fromEntries(
      (await rows(sql)).map(({ name, victims, origins }) => [name, { victims, origins }]),
    );
  };
  const [total] = await rows(`SELECT '' AS name, ${HOSTS} FROM observation WHERE ${COUNTED}`);
  const [all] = await rows("SELECT count(*)::INTEGER AS kept FROM observation");
  return {
    kept: all!.kept,
    victims: total!.victims,
    origins: total!.origins,
    byCountry: await by("origin_country"),
    byDay: await by("strftime(timestamp, '%Y-%m-%d')"),
  };
}

interface Row extends Hosts {
  readonly name: string;
  readonly kept: number;
}
