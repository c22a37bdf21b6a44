import { Fault } from "../../core/fault.ts";

/** Turns what SQLite throws into a Fault where somebody can act on it; a wrong statement stays a bug. */
export function libsqlFault(cause: unknown): unknown {
  const { code = "", message = "" } = cause as {
    readonly code?: string;
    readonly message?: string;
  };
  const fault = (...[name, says]: ConstructorParameters<typeof Fault>) =>
    new Fault(name, says, { cause });
  if (code.startsWith("SQLITE_CONSTRAINT"))
    return fault("case-conflict", `the cases contradict a change: ${message}`);
  if (code.startsWith("SQLITE_BUSY"))
    return fault("data-dir-in-use", "another process has been writing to the cases for long");
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC")
    return fault("no-space-left", "the disk is full; what was stored before is safe");
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return fault("store-corrupt", `the cases are damaged: ${message}`);
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM)|E[A-Z]+$)/.test(code))
    return fault("output-unwritable", `the cases cannot be written: ${message}`);
  return cause;
}
