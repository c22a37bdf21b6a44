import type { FaultCode } from "../core/fault.ts";

/** What the program's end says to a script. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** Some rows were refused. */
  partial: 3,
  /** `doctor` found a problem, or `feeds status` a feed that is not well. */
  breached: 4,
  interrupted: 130,
} as const;

/** The exit code of a fault. */
export function exitCodeOf(code: FaultCode): number {
  if (code === "usage") return exitCodes.usage;
  return code === "interrupted" ? exitCodes.interrupted : exitCodes.failure;
}
