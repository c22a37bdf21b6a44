import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CaseStore } from "../../app/case-ports.ts";
import type { Config } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";
import { readSecret } from "../collect/secrets.ts";

/** Opens the cases: those on the server that the configuration names, else `cases.db` in the data directory. */
export async function openCases(dataDir: string, config: Config): Promise<CaseStore> {
  if (config.home.length === 0)
    throw new Fault(
      "not-initialised",
      `${dataDir} has no tocsin.yaml; run "tocsin init --data ${dataDir}" first`,
    );
  const { urlFile } = config.cases;
  if (urlFile !== undefined) {
    const { openPostgresCases } = await import("../../store/postgres/index.ts");
    return openPostgresCases(await readSecret(urlFile));
  }
  await mkdir(dataDir, { recursive: true });
  const { openLibsqlCases } = await import("../../store/libsql/index.ts");
  return openLibsqlCases(join(dataDir, "cases.db"));
}
