// Writes cases until it is killed, and says the number of each transaction when it is told that it is kept:
// node write-cases.mjs libsql|postgres WHERE
import { writeSync } from "node:fs";
import { Secret } from "../../dist/core/secret.js";
import { openLibsqlCases } from "../../dist/store/libsql/index.js";
import { openPostgresCases } from "../../dist/store/postgres/index.js";

const [engine, where] = process.argv.slice(2);
const store =
  engine === "libsql" ? await openLibsqlCases(where) : await openPostgresCases(new Secret(where));
const at = "2013-05-31T08:00:00.000Z";

for (;;) {
  const number = await store.write(async (session) => {
    const next = await session.nextNumber("writes");
    const keys = Array.from({ length: 20 }, (_, each) =>
      (next * 100 + each).toString(16).padStart(16, "0"),
    );
    await session.putFindings(keys.map(findingOf));
    await session.putIncident(incidentOf(next));
    await session.joinFindings(incidentOf(next).id, keys, at);
    await session.audit({ at, actor: "test", action: "incident.opened", subject: `${next}` });
    await session.setSetting("last", String(next));
    return next;
  });
  writeSync(1, `${number}\n`);
}

function findingOf(key) {
  return {
    key,
    side: "origin",
    kind: "c2-server",
    family: "zeus",
    asset: "198.51.100.1",
    address: "198.51.100.1",
    host: "",
    port: 80,
    protocol: "tcp",
    url: "x".repeat(400),
    country: "US",
    asn: 64500,
    sector: "",
    firstSeen: at,
    lastSeen: at,
    observations: 1,
    counterparts: 1,
    tlp: "amber",
    confidence: null,
    feeds: ["sinkhole"],
  };
}

function incidentOf(number) {
  return {
    id: `I-${number}`,
    key: `${number}`,
    institution: "as-64500",
    side: "origin",
    threat: "c2-server/zeus",
    priority: "P1",
    openedAt: at,
    windowUntil: at,
    updatedAt: at,
    findings: 20,
    assignee: "",
    state: { at: "open" },
  };
}
