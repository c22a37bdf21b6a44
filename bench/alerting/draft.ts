/** Ten thousand incidents routed and their alerts drafted, each for another institution. */
import { join } from "node:path";
import { followFindings, makeHappening, RoutingBook } from "#tocsin/app/alerting/index.js";
import type { FindingFolder } from "#tocsin/app/ports.js";
import { parseRules } from "#tocsin/config/index.js";
import type { Finding } from "#tocsin/core/finding/index.js";
import type { DirectoryChange } from "#tocsin/core/institution/index.js";
import { openLibsqlCases } from "#tocsin/store/libsql/index.js";
import { report } from "../shared/report.ts";

const INCIDENTS = 10_000;
const WANTED_SECONDS = 10;
const NOW = "2026-03-08T12:00:00.000Z";
const RULES = `rules:
  - name: everything
    when: {}
    send: { to: [operator], digestMinutes: 60 }
caps: { perRecipientPerDay: 20, perRun: 1000000 }
`;

/** Measures it; false if an incident or alert is missing. */
export async function measureDrafting(dir: string): Promise<boolean> {
  const cases = await openLibsqlCases(join(dir, "cases.db"));
  const numbers = Array.from({ length: INCIDENTS }, (_, at) => at + 1);
  const when = { savedAt: NOW, triedAt: NOW, activatedAt: NOW };
  await cases.write(async (session) => {
    await session.changeDirectory(numbers.flatMap(operator));
    await session.putRules({ version: "bench", text: RULES, ...when });
  });
  const happening = makeHappening({
    book: new RoutingBook({
      readRules: (text) => parseRules(text, "bench"),
      home: ["CN"],
      ownNetworks: [],
    }),
    canSend: true,
    staleAfterDays: 30,
    ticketPrefix: "TC",
    fourEyesFrom: "amber",
  });
  const findings: FindingFolder = {
    fold: async () => 1,
    select: async function* ({ part }) {
      if (part === "urgent") yield numbers.map(finding);
    },
    counterparts: async () => new Map(),
  };
  const began = performance.now();
  const parts = { cases, findings, happening, now: () => NOW };
  const placed = await followFindings(parts, new AbortController().signal);
  const seconds = (performance.now() - began) / 1000;
  report("alerting", "route and draft", seconds, "s", {
    incidents: placed.incidents,
    alerts: placed.alerts,
    wanted: `< ${WANTED_SECONDS}`,
  });
  await cases.close();
  return placed.incidents === INCIDENTS && placed.alerts === INCIDENTS;
}

function operator(asn: number): DirectoryChange[] {
  const id = `as-${asn}`;
  const provenance = { source: "manual", manual: true, importedAt: NOW };
  return [
    {
      of: "institution",
      before: null,
      after: {
        id,
        name: id,
        kind: "operator",
        country: "US",
        languages: ["en"],
        tier: "T1",
        relation: { state: "active", since: NOW, reason: "" },
        agreement: "",
        maxTlp: "green",
        optedOut: false,
        provenance,
      },
    },
    {
      of: "contact",
      before: null,
      after: {
        id: `${id}/abuse`,
        institution: id,
        role: "abuse",
        channel: "mail",
        address: `abuse@as${asn}.invalid`,
        order: 0,
        language: "",
        key: null,
        hours: null,
        status: "official",
        verified: { at: NOW, by: "bench", how: "made up" },
        expires: null,
        provenance,
      },
    },
    {
      of: "responsibility",
      before: null,
      after: { institution: id, kind: "asn", value: String(asn), provenance },
    },
  ];
}

function finding(asn: number): Finding {
  const asset = `240.${(asn >> 16) & 255}.${(asn >> 8) & 255}.${asn & 255}`;
  return {
    key: asn.toString(16).padStart(16, "0"),
    side: "origin",
    kind: "c2-server",
    family: "made-up",
    asset,
    address: asset,
    host: "",
    port: 443,
    protocol: "tcp",
    url: "",
    country: "US",
    asn,
    sector: "",
    firstSeen: NOW,
    lastSeen: NOW,
    observations: 1,
    counterparts: 0,
    tlp: "green",
    confidence: null,
    feeds: ["bench"],
  };
}
