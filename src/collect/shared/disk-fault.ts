import { Fault } from "../../core/fault.ts";

/** What a failure of the disk means to whoever must act on it. */
export function diskFault(cause: unknown, path: string): Fault {
  if (cause instanceof Fault) return cause;
  const { code, message = String(cause) } = cause as Partial<NodeJS.ErrnoException>;
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new Fault(full ? "no-space-left" : "output-unwritable", `${path}: ${message}`, { cause });
}
