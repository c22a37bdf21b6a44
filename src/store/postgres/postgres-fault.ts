import { Fault } from "../../core/fault.ts";

/** What PostgreSQL says of an error in five characters (its manual, appendix A), or Node of a connection. */
function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return code ?? "";
}

/** Whether work lost a race against another transaction, and may be run again: nothing of it was kept. */
export function lostRace(error: unknown): boolean {
  return /^(40001|40P01)$/.test(codeOf(error));
}

/** Turns what PostgreSQL throws into a Fault where somebody can act on it; a wrong statement stays a bug. */
export function postgresFault(cause: unknown): unknown {
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (code.startsWith("23"))
    return new Fault("case-conflict", `the cases contradict a change: ${message}`, { cause });
  if (code === "53100")
    return new Fault("no-space-left", "the disk of the database server is full", { cause });
  if (/^(42501|28|3D|25006)/.test(code))
    return new Fault("database-refused", `the database server refuses: ${message}`, { cause });
  if (/^XX00[12]$/.test(code))
    return new Fault("store-corrupt", `the cases are damaged: ${message}`, { cause });
  if (/^(08|53|57P|E[A-Z])/.test(code) || (code === "" && /connection|timeout/i.test(message)))
    return new Fault("database-unreachable", `the database server: ${message}`, { cause });
  return cause;
}
