import { afterEach, beforeEach } from "vitest";
import type { CaseSession, CaseStore } from "../../../src/app/case-ports.ts";
import { alert, contact, incident, institution, responsibility } from "./samples.ts";
import type { OpenCases, OpenEmptyCases } from "./stores.ts";

/** Gives every test of the enclosing `describe` an empty store. */
export function useCases(open: OpenEmptyCases): () => OpenCases {
  let opened: OpenCases;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  return () => opened;
}

/** One institution with a contact and what it answers for. */
export async function putHosting(session: CaseSession): Promise<void> {
  await session.changeDirectory([
    { of: "institution", before: null, after: institution() },
    { of: "contact", before: null, after: contact() },
    { of: "responsibility", before: null, after: responsibility() },
  ]);
}

/** Puts in an incident of that institution with an alert of it: what most tests stand on. */
export async function putThread(store: CaseStore): Promise<void> {
  await store.write(async (session) => {
    await putHosting(session);
    await session.putIncident(incident());
    await session.putAlert(alert());
  });
}
