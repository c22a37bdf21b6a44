import type { Actor } from "../app/case-ports.ts";
import type { Session } from "./session.ts";

/** Whose name the audit log has: `TOCSIN_USER`, else the user of the terminal. */
export function actorOf({ around }: Session): Actor {
  const { TOCSIN_USER, USER, LOGNAME } = around.env;
  return TOCSIN_USER || USER || LOGNAME || "unknown";
}
