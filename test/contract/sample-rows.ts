/** The fullest and the barest row, and what people see of them. */
import type { ObservationRecord } from "../../src/app/ports.ts";
import type { Row } from "./fixture-rows.ts";

/** Every field is said. */
export const full: Row = {
  at: "2013-01-10T01:02:03.456Z",
  until: "2013-01-11T00:00:00Z",
  kind: "web-backdoor",
  victim: "2001:db8:c::5",
  victimPort: 443,
  host: "www.city-of-nowhere.gov.example",
  origin: "198.51.100.1",
  originPort: 65535,
  originHost: "gate.example",
  protocol: 6,
  family: "a-long-family-name",
  url: '/images/"quoted", name.php',
  eventId: "4b1f0c6e-0000-4000-8000-000000000001",
  count: 4_000_000_000,
  confidence: 100,
  tlp: "amber+strict",
  extra: '{"agent":"=cmd()","\u8bed\u8a00":"\u4e2d\u6587"}',
};
/** As little is said as can be. */
export const bare: Row = { at: "2013-02-01T00:00:00Z", origin: "198.51.100.1", tlp: "clear" };

/** `full` as the first row of `a.csv`, delivered by `sites`. */
export const fullRecord: Omit<ObservationRecord, "identity"> = {
  seenAt: "2013-01-10T01:02:03.456Z",
  seenUntil: "2013-01-11T00:00:00Z",
  kind: "web-backdoor",
  family: "a-long-family-name",
  victim: "2001:db8:c::5",
  victimPort: 443,
  victimHost: "www.city-of-nowhere.gov.example",
  victimCountry: "CN",
  victimAsn: 64498,
  origin: "198.51.100.1",
  originPort: 65535,
  originHost: "gate.example",
  originCountry: "US",
  originAsn: 64500,
  protocol: "tcp",
  url: '/images/"quoted", name.php',
  sector: "government",
  count: 4_000_000_000,
  confidence: 100,
  tlp: "amber+strict",
  eventId: "4b1f0c6e-0000-4000-8000-000000000001",
  feed: "sites",
  file: "a.csv",
  line: 2,
  extra: '{"agent":"=cmd()","\u8bed\u8a00":"\u4e2d\u6587"}',
};
/** `bare` as the second. */
export const bareRecord: Omit<ObservationRecord, "identity"> = {
  seenAt: "2013-02-01T00:00:00Z",
  seenUntil: null,
  kind: "infected-system",
  family: "",
  victim: "",
  victimPort: 0,
  victimHost: "",
  victimCountry: "",
  victimAsn: 0,
  origin: "198.51.100.1",
  originPort: 0,
  originHost: "",
  originCountry: "US",
  originAsn: 64500,
  protocol: "",
  url: "",
  sector: "",
  count: 1,
  confidence: null,
  tlp: "clear",
  eventId: "",
  feed: "sites",
  file: "a.csv",
  line: 3,
  extra: "",
};
