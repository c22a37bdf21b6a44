import type { CaseSession, CaseStore } from "../../app/case-ports.ts";
import { Turns } from "../shared/turns.ts";
import { alertsIn } from "./alerts.ts";
import { answersIn } from "./answers.ts";
import { auditIn, checkAudit } from "./audit.ts";
import { checkDirectory, directoryIn } from "./directory.ts";
import { findingsIn } from "./findings.ts";
import { incidentsIn } from "./incidents.ts";
import { outboxIn } from "./outbox.ts";
import { policyIn } from "./policy.ts";
import { type Drafts, committed, draftsOf, emptyTables } from "./tables.ts";
import { tasksIn } from "./tasks.ts";

/**
 * Cases that live as long as the process: the plain reading of the port, which the stores on disk are compared with. A
 * transaction works on drafts over the committed rows; committing carries them over, in copies while somebody reads.
 */
export function openMemoryCases(): CaseStore {
  let tables = emptyTables();
  let readers = 0;
  const writes = new Turns();
  return {
    write: (work) =>
      writes.run(async () => {
        const drafts = draftsOf(tables, true);
        const result = await work(sessionOn(drafts));
        checkDirectory(drafts);
        tables = committed(tables, drafts, readers > 0);
        return result;
      }),
    read: async (work) => {
      readers++;
      try {
        return await work(sessionOn(draftsOf(tables, false)));
      } finally {
        readers--;
      }
    },
    verifyAudit: async () => checkAudit(draftsOf(tables, false)),
    close: () => writes.idle(),
  };
}

function sessionOn(drafts: Drafts): CaseSession {
  return {
    ...directoryIn(drafts),
    ...findingsIn(drafts),
    ...incidentsIn(drafts),
    ...alertsIn(drafts),
    ...outboxIn(drafts),
    ...answersIn(drafts),
    ...tasksIn(drafts),
    ...policyIn(drafts),
    ...auditIn(drafts),
  };
}
