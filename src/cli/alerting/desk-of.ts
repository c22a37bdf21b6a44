import type { Desk } from "../../app/alerting/index.ts";
import { actorOf } from "../actor.ts";
import type { Session } from "../session.ts";

/** The desk of whoever runs the command. */
export async function deskOf(session: Session): Promise<Desk> {
  const bench = await session.open();
  return {
    cases: await bench.cases(),
    happening: await bench.happening(),
    by: actorOf(session),
    now: () => session.around.now().toISOString(),
  };
}
