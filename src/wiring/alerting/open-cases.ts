import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CaseStore } from "../../app/case-ports.ts";
import type { Config } from "../../config/index.ts";
import { Fault } from "../../core/fault.ts";

/** Opens the cases of a data directory: `cases.db` in it. */
export async function openCases(dataDir: string, config: Config): Promise<CaseStore> {
  if (config.home.length === 0)
    throw new Fault(
      "not-initialised",
      `${dataDir} has no tocsin.yaml; run "tocsin init --data ${dataDir}" first`,
    );
  await mkdir(dataDir, { recursive: true });
  const { openLibsqlCases } = await import("../../store/libsql/index.ts");
  return openLibsqlCases(join(dataDir, "cases.db"));
}
