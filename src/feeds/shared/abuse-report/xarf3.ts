import type { Tlp } from "../../../core/marking/index.ts";
import {
  type Found,
  type JsonObject,
  objectIn,
  othersOf,
  type Place,
  placeOfUrl,
  readMoment,
  readPlace,
  textIn,
  wholeNumber,
} from "../document/index.ts";
import { reportKind } from "./report-kinds.ts";

const taken = new Set([
  "Date",
  "SourceIp",
  "SourcePort",
  "SourceUrl",
  "DestinationIp",
  "DestinationPort",
  "AttackerIp",
  "AttackerPort",
  "BotnetName",
  "MalwareName",
  "ReporterCaseID",
  "Samples",
]);

const envelopeTaken = new Set(["Version", "ReporterInfo", "OnBehalfOf", "Report"]);

/** Reads a report of XARF 1 to 3: an envelope with `ReporterInfo` and `Report`, whose members begin with capitals. */
export function readXarf3(envelope: JsonObject, tlp: Tlp): Found {
  const report = objectIn(envelope, "Report");
  const type = textIn(report, "ReportType");
  const { kind, source } = reportKind(textIn(report, "ReportClass"), type, [
    textIn(report, "ReportSubType"),
  ]);
  const url = textIn(report, "SourceUrl");
  const served = placeOfUrl(url);
  const from = sideOf(report, "Source", served);
  const to = sideOf(report, "Destination", readPlace(textIn(report, "RpzDomain")));
  const attacker = sideOf(report, "Attacker", undefined);
  // The account lies where the attacker went to; of the source, where there is one, he came.
  const account = kind === "unprivileged-account-compromise";
  const sides = account
    ? { victim: to ?? from, origin: attacker ?? (to && from) }
    : source === "victim"
      ? { victim: from, origin: to }
      : { origin: from ?? attacker, victim: to };
  return {
    kind,
    seenAt: readMoment(report["Date"]),
    seenUntil: readMoment(report["LastSeen"]),
    ...sides,
    protocol: textIn(report, "TransportProtocol"),
    family: textIn(report, "MalwareName") || textIn(report, "BotnetName"),
    url,
    eventId: textIn(report, "ReporterCaseID"),
    tlp,
    extra: {
      ...othersOf(report, taken),
      ...othersOf(envelope, envelopeTaken),
      ...othersOf(objectIn(envelope, "ReporterInfo"), new Set(), "ReporterInfo."),
      ...othersOf(objectIn(envelope, "OnBehalfOf"), new Set(), "OnBehalfOf."),
    },
  };
}

function sideOf(report: JsonObject, name: string, named: Place | undefined): Place | undefined {
  const address = textIn(report, `${name}Ip`);
  const port = wholeNumber(report[`${name}Port`], 1, 65_535);
  if (address === "" && named === undefined) return undefined;
  const place: Place = { ...named, ...(address === "" ? {} : { address }) };
  return { ...place, ...(port === undefined ? {} : { port }) };
}
