import type { Statement } from "../../src/app/case-ports.ts";
import type { RedactedItem } from "../../src/core/alert/index.ts";

/** A made-up C2 server abroad, as a national CSIRT may see it. */
export const server: RedactedItem = {
  side: "origin",
  kind: "c2-server",
  family: "zeus",
  asset: "192.0.2.7",
  address: "192.0.2.7",
  host: "panel.bad.example",
  port: 443,
  protocol: "tcp",
  country: "US",
  asn: 64500,
  firstSeen: "2013-05-28T08:00:17.000Z",
  lastSeen: "2013-05-31T07:59:59.250Z",
  observations: 12_345,
  confidence: 90,
  url: "http://192.0.2.7/zeus/gate.php?id=7",
  victims: {
    say: "by-sector",
    count: 1_408,
    bySector: { government: 12, academic: 96, unknown: 1_300 },
  },
  offenders: [],
  feeds: ["sinkhole"],
  tlp: "green",
};

/** A made-up web site with a back door, as its owner may see it. */
export const site: RedactedItem = {
  side: "victim",
  kind: "web-backdoor",
  family: "",
  asset: "www.office.example",
  address: "198.51.100.20",
  host: "www.office.example",
  port: 80,
  protocol: "tcp",
  country: "CN",
  asn: 64510,
  firstSeen: "2013-05-30T22:10:00.000Z",
  lastSeen: "2013-05-30T22:10:00.000Z",
  observations: 1,
  confidence: null,
  url: "http://www.office.example/upload/x.asp",
  victims: null,
  offenders: ["203.0.113.66", "2001:db8::66"],
  feeds: [],
  tlp: "amber",
};

/** The message of which the golden ones are variations. */
export const statement: Statement = {
  message: "alert",
  alert: "A-20130531-000042",
  ticket: "TC-20130531-000042-7",
  now: "2013-05-31T08:15:00.000Z",
  tlp: "green",
  to: "US-CERT (example)",
  timeZone: "America/New_York",
  languages: ["en"],
  side: "origin",
  kind: "c2-server",
  family: "zeus",
  items: [server],
  total: 1,
  answerBy: "2013-05-31T12:15:00.000Z",
  firstSentAt: null,
  closing: null,
  files: ["TC-20130531-000042-7-1.csv", "TC-20130531-000042-7-1.xarf.json"],
};
