import type { Kind } from "../../../core/taxonomy/index.ts";
import { isVictimKind } from "../labels/index.ts";

/** A side of an observation. */
export type Role = "victim" | "origin";

/** The side of a host that a feed lists under a kind. */
export function roleOf(kind: Kind): Role {
  return isVictimKind(kind) ? "victim" : "origin";
}
