import type { Tlp } from "../../../core/marking/index.ts";
import {
  type Found,
  type JsonObject,
  objectIn,
  objectsIn,
  othersOf,
  type Place,
  placeOfUrl,
  readMoment,
  readPlace,
  textIn,
  textsIn,
  wholeNumber,
} from "../document/index.ts";
import { readTags } from "../labels/index.ts";
import { reportKind } from "./report-kinds.ts";

/** Members that fields take, or that hold evidence and what its owner keeps to himself. */
const taken = new Set([
  "xarf_version",
  "report_id",
  "timestamp",
  "reporter",
  "sender",
  "source_identifier",
  "source_ip",
  "source_port",
  "url",
  "destination_ip",
  "destination_port",
  "malware_family",
  "confidence",
  "evidence",
  "asn",
  "country_code",
  "_internal",
]);

/** What of a report tells its kind more closely than its type. */
const details = ["compromise_type", "bot_type", "threat_type", "webshell_type", "attack_vector"];

/** Reads a report of XARF 4. */
export function readXarf4(report: JsonObject, tlp: Tlp): Found {
  const category = textIn(report, "category") || textIn(report, "class");
  const { kind, source } = reportKind(
    category,
    textIn(report, "type"),
    details.map((name) => textIn(report, name)),
  );
  const tags = readTags(textsIn(report, "tags"));
  const url = textIn(report, "url") || textIn(report, "infringing_url");
  const whereabouts = othersOf(
    { asn: report["asn"], country_code: report["country_code"] },
    new Set(),
    source === "victim" ? "victim." : "",
  );
  const first = placeOf(report, url);
  const second = otherSide(report);
  return {
    kind,
    seenAt: readMoment(report["timestamp"]),
    seenUntil: readMoment(report["last_seen"]),
    ...(source === "victim"
      ? { victim: first, origin: second }
      : { origin: first, victim: second }),
    protocol: textIn(report, "protocol"),
    family: familyOf(report) || (tags.family ?? ""),
    url: url || textIn(report, "target_url"),
    eventId: textIn(report, "report_id"),
    confidence: confidenceOf(report),
    tlp: tags.tlp ?? tlp,
    extra: {
      ...othersOf(report, taken),
      ...othersOf(objectIn(report, "reporter"), new Set(), "reporter."),
      ...othersOf(objectIn(report, "sender"), new Set(), "sender."),
      ...whereabouts,
    },
  };
}

/** The host that is complained of; what stands for it may be a URL or an address of mail, and then the URL or the domain says more. */
function placeOf(report: JsonObject, url: string): Place | undefined {
  const identifier = textIn(report, "source_identifier") || textIn(report, "source_ip");
  const port = wholeNumber(report["source_port"], 1, 65_535);
  const named = identifier.includes("://") ? placeOfUrl(identifier) : readPlace(identifier);
  const served = placeOfUrl(url) ?? readPlace(textIn(report, "domain"));
  // What cannot be read and is no address of mail either is a mistake that the row is refused for.
  const given: Place = identifier === "" || identifier.includes("@") ? {} : { address: identifier };
  const place = { ...(served?.host ? { host: served.host } : {}), ...(named ?? served ?? given) };
  return { ...place, ...(port === undefined ? {} : { port }) };
}

function otherSide(report: JsonObject): Place | undefined {
  const control = textIn(report, "c2_server");
  const called = control.includes("://") ? placeOfUrl(control) : readPlace(control);
  const address = textIn(report, "destination_ip");
  const port = wholeNumber(report["destination_port"], 1, 65_535) ?? called?.port;
  const place: Place = { ...called, ...(address === "" ? {} : { address }) };
  if (place.address === undefined && place.host === undefined) return undefined;
  return { ...place, ...(port === undefined ? {} : { port }) };
}

function familyOf(report: JsonObject): string {
  return (
    textIn(report, "malware_family") ||
    textIn(objectIn(report, "webshell_details"), "family") ||
    objectsIn(report, "malware").map((malware) => textIn(malware, "family"))[0] ||
    ""
  );
}

/** XARF counts from 0 to 1; some send percent. */
function confidenceOf(report: JsonObject): number | undefined {
  const given = report["confidence"] ?? report["confidence_score"];
  if (typeof given !== "number" || !(given >= 0 && given <= 100)) return undefined;
  return Math.round(given <= 1 ? 100 * given : given);
}
