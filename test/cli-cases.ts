// Cases for tests of the command line: an institution that may be written to, one incident, and an alert where a test wants it.
import { type Alert, type AlertState, ticketOf } from "../src/core/alert/index.ts";
import { alert, at, contact, finding, incident, institution } from "./contract/cases/samples.ts";
import type { FakeCli } from "./cli-surroundings.ts";

/** The ticket of the alert. */
export const TICKET = ticketOf("TC", "2013-05-31", 1);

/** Puts in the institution, an incident of two findings, and its alert. */
export async function putCases(
  cli: FakeCli,
  state: AlertState = { at: "draft" },
  over: Partial<Alert> = {},
): Promise<Alert> {
  const put = alert(1, { ticket: TICKET, state, ...over });
  await cli.cases.write(async (session) => {
    await session.changeDirectory([
      { of: "institution", before: null, after: institution() },
      { of: "contact", before: null, after: contact() },
    ]);
    await session.putIncident(incident());
    await session.putFindings([finding(1), finding(2)]);
    await session.joinFindings(incident().id, [finding(1).key, finding(2).key], at(1));
    await session.putAlert(put);
  });
  return put;
}
