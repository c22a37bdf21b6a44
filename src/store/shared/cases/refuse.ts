import { Fault } from "../../../core/fault.ts";

/** Throws `case-conflict`, with what stands against a change. */
export function refuse(why: string): never {
  throw new Fault("case-conflict", why);
}
