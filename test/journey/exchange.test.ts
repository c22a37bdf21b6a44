import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { copyOf, ingest, initialise, run, temporaryFolder, write } from "./program.ts";

const folder = temporaryFolder();
const base = join(folder, "base");

const events = [
  // A bot and its C2 server, a scanner that hits a host, an open service, a back door, and one that is nobody else's business.
  event("infected-system", {
    "source.ip": "192.0.2.1",
    "destination.ip": "198.51.100.1",
    "destination.port": 443,
    "malware.name": "emotet",
    "extra.event_id": "a-1",
  }),
  event("scanner", {
    "source.ip": "203.0.113.5",
    "source.port": 4444,
    "destination.ip": "192.0.2.2",
    "destination.port": 22,
    "protocol.transport": "tcp",
  }),
  event("potentially-unwanted-accessible", {
    "source.ip": "2001:db8:1::3",
    "source.port": 3389,
    "protocol.transport": "tcp",
  }),
  event("system-compromise", {
    "source.fqdn": "www.example",
    "source.ip": "192.0.2.4",
    "source.url": "http://www.example/x.php",
    "classification.identifier": "webshell",
  }),
  event("c2-server", {
    "source.ip": "198.51.100.9",
    "source.fqdn": "c2.example",
    "source.url": "https://c2.example/gate?x=1",
  }),
  event("phishing", { "source.fqdn": "phish.example", "source.url": "http://phish.example/login" }),
  event("infected-system", { "source.ip": "192.0.2.8", tlp: "RED" }),
];

function event(type: string, members: object): object {
  return {
    __type: "Event",
    "time.source": "2024-02-29T12:00:00.250+00:00",
    "classification.type": type,
    tlp: "GREEN",
    ...members,
  };
}

interface Exported {
  readonly identity: string;
  readonly file: string;
}

async function identitiesIn(data: string): Promise<string[]> {
  const { stdout } = await run([
    "export",
    "observations",
    "--format",
    "jsonl",
    "--max-tlp",
    "amber",
    "--data",
    data,
  ]);
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as Exported).identity).sort();
}

beforeAll(async () => {
  await initialise(base);
  const lines = events.map((one) => `${JSON.stringify(one)}\n`);
  const file = write(join(folder, "events.jsonl"), lines.join(""));
  await ingest(copyOf(base, "home"), [file]);
});

describe("what one Tocsin exports", () => {
  const home = join(folder, "data-home");

  it.each(["csv", "jsonl", "intelmq", "stix", "misp", "n6"])(
    "as %s, another one ingests as the same observations",
    async (format) => {
      const out = join(folder, `observations.${format}`);
      const argv = ["export", "observations", "--format", format, "--out", out, "--data", home];
      const { code, stderr } = await run(argv);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain("1 withheld: marked above TLP:GREEN");
      const there = copyOf(base, `there-${format}`);
      const summary = await ingest(there, [out]);
      const before = await identitiesIn(home);
      const after = await identitiesIn(there);
      if (format === "n6") {
        // The open service has an address of IPv6.
        expect(stderr).toContain("1 left out: n6 cannot say them");
        expect(before).toEqual(expect.arrayContaining(after));
      } else expect(after).toEqual(before);
      expect(summary).toMatchObject({ kept: format === "n6" ? 5 : 6, refused: 0 });
      expect(summary.files[0]).toMatchObject({ outcome: "stored" });
    },
  );
});
