import type { ControlledTransaction, Kysely } from "kysely";
import type { CaseSession, CaseStore } from "../../../app/case-ports.ts";
import { Turns } from "../turns.ts";
import { alertsIn } from "./alerts.ts";
import { answersIn } from "./answers.ts";
import { auditIn, checkAudit } from "./audit.ts";
import { directoryIn } from "./directory.ts";
import { eventsIn } from "./events.ts";
import { findingsIn } from "./findings.ts";
import { incidentsIn } from "./incidents.ts";
import { joinedIn } from "./joined.ts";
import { outboxIn } from "./outbox.ts";
import { policyIn } from "./policy.ts";
import { settingsIn } from "./settings.ts";
import type { Cases, CaseTables } from "./tables.ts";
import { tasksIn } from "./tasks.ts";
import { timersIn } from "./timers.ts";

type Access = "read only" | "read write";

/** How often work is run that lost a race against another process. */
const RUNS = 10;

/**
 * The cases over an SQL engine. What the engine's driver must do: let one transaction at a time write, give each that reads
 * one moment, and throw a Fault where somebody can act. `lostRace` tells whether work may be run again after an error.
 */
export function openSqlCases(
  database: Kysely<CaseTables>,
  lostRace: (error: unknown) => boolean,
): CaseStore {
  const writes = new Turns();
  const sessionOn = (cases: Cases): CaseSession => ({
    ...directoryIn(cases),
    ...findingsIn(cases),
    ...incidentsIn(cases),
    ...joinedIn(cases),
    ...alertsIn(cases),
    ...eventsIn(cases),
    ...timersIn(cases),
    ...outboxIn(cases),
    ...answersIn(cases),
    ...tasksIn(cases),
    ...policyIn(cases),
    ...settingsIn(cases),
    ...auditIn(cases),
  });
  return {
    write: (work) =>
      writes.run(() =>
        again(lostRace, () => inTransaction(database, "read write", (tx) => work(sessionOn(tx)))),
      ),
    read: (work) => inTransaction(database, "read only", (tx) => work(sessionOn(tx))),
    verifyAudit: () => inTransaction(database, "read only", checkAudit),
    close: async () => {
      await writes.idle();
      await database.destroy();
    },
  };
}

/** Runs work in a transaction of the database: all of what it changed, or nothing. */
export async function inTransaction<T>(
  database: Kysely<CaseTables>,
  access: Access,
  work: (transaction: Cases) => Promise<T>,
): Promise<T> {
  const transaction = await database.startTransaction().setAccessMode(access).execute();
  try {
    const result = await work(transaction);
    await transaction.commit().execute();
    return result;
  } catch (error) {
    await undo(transaction, error);
    throw error;
  }
}

/** What is to be told is why the transaction failed, not that it could not be undone: a broken connection undoes it too. */
async function undo(transaction: ControlledTransaction<CaseTables>, error: unknown): Promise<void> {
  if (transaction.isCommitted || transaction.isRolledBack) return;
  await transaction
    .rollback()
    .execute()
    .catch(() => error);
}

async function again<T>(lostRace: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      return await work();
    } catch (error) {
      if (run === RUNS || !lostRace(error)) throw error;
    }
  }
}
