import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { deliver } from "../../../test/contract/deliver.ts";
import { at, contact, institution, responsibility } from "../../../test/contract/cases/samples.ts";
import { openMemory } from "../../../test/contract/stores.ts";
import type { Workbench } from "../../cli/index.ts";
import { parseConfig } from "../../config/index.ts";
import { openMemoryCases } from "../../store/cases-in-memory/index.ts";
import { rehearse } from "./rehearse.ts";

const dir = mkdtempSync(join(tmpdir(), "tocsin-rehearse-"));
afterAll(() => rmSync(dir, { recursive: true }));

const never = new AbortController().signal;
const rules = (perRun: number) => `
caps: { perRecipientPerDay: 20, perRun: ${perRun} }
rules:
  - name: everything
    when: { side: origin }
    send: { to: [csirt, operator], digestMinutes: 60 }
`;

/** Two C2 servers in the US, of two families. */
async function benchWith(perRun: number): Promise<Workbench> {
  const { store } = await openMemory(["CN"]);
  const bot = { at: "2013-05-30", victim: "192.0.2.1", tlp: "clear" } as const;
  await deliver(store, "sinkhole", {
    rows: [
      { ...bot, origin: "198.51.100.1", family: "zeus" },
      { ...bot, origin: "198.51.100.2", family: "citadel" },
    ],
  });
  const cases = openMemoryCases();
  const config = parseConfig("home: [CN]", join(dir, "tocsin.yaml"));
  const parts: Partial<Workbench> = {
    dataDir: dir,
    config,
    store: async () => store,
    cases: async () => cases,
    shippedRules: async () => rules(perRun),
  };
  return parts as Workbench;
}

const plan = {
  now: at(0),
  directory: [
    { of: "institution" as const, before: null, after: institution({ id: "us" }) },
    {
      of: "contact" as const,
      before: null,
      after: contact({ institution: "us", address: "us@demo.invalid", hours: null, key: null }),
    },
    { of: "responsibility" as const, before: null, after: responsibility({ institution: "us" }) },
  ],
};

it.each([500, 1])(
  "tells everybody over real SMTP, with a cap of %i alerts a run, and once",
  async (perRun) => {
    const bench = await benchWith(perRun);
    const first = await rehearse(bench, plan, () => undefined, never);
    expect(first).toMatchObject({ received: 2, alerts: 2, institutions: 1 });
    expect(first.told).toEqual(new Map([["us", new Set(["198.51.100.1", "198.51.100.2"])]]));
    const again = await rehearse(bench, plan, () => undefined, never);
    expect(again).toMatchObject({ received: 0, alerts: 2, institutions: 1 });
  },
);
