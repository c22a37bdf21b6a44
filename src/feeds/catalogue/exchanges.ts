/** What other teams and their programs give. */
import type { CatalogueEntry } from "../../app/ports.ts";
import { entry, list } from "./entry.ts";

const peer = (observes: readonly string[]) => ({
  provider: "a peer",
  licence: "by agreement with the peer",
  confidence: 70,
  observes,
  sharing: "concerned",
});

export const exchanges: readonly CatalogueEntry[] = [
  entry({
    name: "taxii",
    title: "A TAXII 2.1 server of a peer",
    documentation: "OASIS, TAXII 2.1; the peer names the server and the collections",
    needs: [
      { key: "from.url", says: "the discovery or an API root of the server" },
      { key: "from.auth.user", says: "your user name" },
      { key: "from.auth.passwordFile", says: "a file with its password" },
    ],
    format: "stix",
    tlp: "amber",
    about: peer(["report"]),
    everyHours: 1,
    from: {
      way: "taxii",
      url: "https://taxii.example/taxii2/",
      sinceDays: 30,
      auth: { user: "cert", passwordFile: "secrets/taxii" },
    },
  }),
  entry({
    name: "misp-circl",
    title: "CIRCL OSINT: the public MISP feed of CIRCL",
    documentation: "CIRCL, the page of the OSINT feed; MISP, the list of default feeds",
    format: "misp",
    tlp: "clear",
    about: {
      provider: "CIRCL",
      licence: "CC0-1.0",
      confidence: 60,
      observes: ["report"],
      sharing: "anyone",
    },
    everyHours: 6,
    from: {
      way: "misp",
      url: "https://www.circl.lu/doc/misp/feed-osint/",
      sinceDays: 30,
    },
  }),
  entry({
    name: "misp-botvrij",
    title: "Botvrij.eu: the public MISP feed",
    documentation: "Botvrij.eu, the page on the data; MISP, the list of default feeds",
    format: "misp",
    tlp: "clear",
    about: {
      provider: "Botvrij.eu",
      licence: "free of charge",
      confidence: 50,
      observes: ["report"],
      sharing: "anyone",
    },
    everyHours: 24,
    from: { way: "misp", url: "https://www.botvrij.eu/data/feed-osint/", sinceDays: 30 },
  }),
  entry({
    name: "n6",
    title: "n6 of CERT Polska or another team: events on networks of home, by the REST API",
    documentation: "n6, the documentation of the REST API",
    needs: [
      { key: "from.url", says: "the search address of the instance, with the time to ask for" },
      { key: "from.auth.valueFile", says: "a file with the API key as the header wants it" },
    ],
    format: "n6",
    tlp: "amber",
    about: peer(["sinkhole", "honeypot", "scan", "report"]),
    everyHours: 1,
    from: list("https://n6.example/report/inside.json?time.min={yyyy}-{mm}-{dd}", {
      daysBack: 1,
      fileName: "n6.json",
      auth: { header: "Authorization", valueFile: "secrets/n6" },
    }),
  }),
  entry({
    name: "intelmq-push",
    title: "Events of an IntelMQ, pushed as JSON lines",
    documentation: "IntelMQ, the chapter on output bots (REST API output)",
    needs: [
      { key: "from.port", says: "a free port" },
      { key: "from.tokenFile", says: "a file with a token that the sender must know" },
    ],
    format: "intelmq",
    tlp: "amber",
    about: peer(["report"]),
    from: { way: "push", port: 8514, tokenFile: "secrets/intelmq-push" },
  }),
  entry({
    name: "warden",
    title: "IDEA events of a Warden client that writes files into a directory",
    documentation: "CESNET, the documentation of the Warden client warden_filer",
    needs: [{ key: "from.path", says: "the directory that warden_filer writes into" }],
    format: "idea",
    tlp: "amber",
    about: peer(["honeypot", "sensor"]),
    everyHours: 1,
    from: { way: "directory", path: "warden/incoming", after: "delete" },
  }),
];
