/**
 * Objects that an export of Tocsin wrote (`exchange/stix`): a property extension says what kind of observation it is and which end
 * is the victim, so nothing is guessed in them.
 */
import type { Tlp } from "../../core/marking/index.ts";
import { isKind, type Kind } from "../../core/taxonomy/index.ts";
import {
  extraText,
  firstMoment,
  type Found,
  type JsonObject,
  objectIn,
  own,
  type Place,
  readAddress,
  readMoment,
  textIn,
  textsIn,
  wholeNumber,
} from "../shared/document/index.ts";
import type { StixContext } from "./context.ts";
import { alternativesOf, type Equal, parsePattern } from "./pattern/index.ts";

const EXTENSION = "extension-definition--c5dc4e4c-4078-4593-89de-f446b6b15d13";
const MOST_TIMES = 0xffffffff;

/** What the extension of an object says besides its sides; `undefined` if it has none of ours. */
export function ownIndicator(
  indicator: JsonObject,
  context: StixContext,
  tlp: Tlp,
): readonly Found[] | undefined {
  const extension = extensionOf(indicator);
  const equals = extension && equalsIn(textIn(indicator, "pattern"));
  if (!equals) return undefined;
  const first = (path: RegExp): string => equals.find((one) => path.test(one.path))?.value ?? "";
  const place = placeOf(
    first(/^(ipv[46]-addr:value|network-traffic:(src|dst)_ref\.value)$/),
    first(/^domain-name:value$/),
    first(/^network-traffic:(src|dst)_port$/),
  );
  return [
    {
      ...common(extension, indicator, context, tlp),
      seenAt: firstMoment(indicator["valid_from"], indicator["created"]),
      seenUntil: readMoment(extension["seen_until"]),
      count: wholeNumber(extension["count"], 1, MOST_TIMES),
      origin: place,
      url: first(/^url:value$/),
      protocol: textIn(extension, "protocol") || first(/^network-traffic:protocols$/),
    },
  ];
}

/** The same of observed data. */
export function ownObservedData(
  data: JsonObject,
  context: StixContext,
  tlp: Tlp,
): readonly Found[] | undefined {
  const extension = extensionOf(data);
  if (!extension) return undefined;
  const find = (ref: string): JsonObject => (ref === "" ? {} : (context.find(ref) ?? {}));
  const traffic = find(textIn(extension, "traffic_ref"));
  const victimEnd = textIn(extension, "victim_end") === "dst" ? "dst" : "src";
  const side = (name: string, end: string): Place => {
    const refs = objectIn(extension, name);
    const [address, host] = ["address_ref", "host_ref"].map((ref) =>
      verbatim(find(textIn(refs, ref)), "value"),
    );
    return placeOf(address!, host!, textIn(traffic, `${end}_port`));
  };
  const protocols = textsIn(traffic, "protocols").filter((name) => !/^ipv?[46]?$/.test(name));
  return [
    {
      ...common(extension, data, context, tlp),
      seenAt: firstMoment(data["first_observed"], data["created"]),
      seenUntil: readMoment(data["last_observed"]),
      count: wholeNumber(data["number_observed"], 1, MOST_TIMES),
      victim: side("victim", victimEnd),
      origin: side("origin", victimEnd === "src" ? "dst" : "src"),
      url: verbatim(extension, "url") || verbatim(find(textIn(extension, "url_ref")), "value"),
      protocol: textIn(extension, "protocol") || (protocols.at(-1) ?? ""),
    },
  ];
}

function extensionOf(object: JsonObject): JsonObject | undefined {
  const extension = objectIn(objectIn(object, "extensions"), EXTENSION);
  return isKind(textIn(extension, "kind")) ? extension : undefined;
}

function common(
  extension: JsonObject,
  object: JsonObject,
  context: StixContext,
  tlp: Tlp,
): Pick<Found, "kind" | "family" | "eventId" | "confidence" | "tlp" | "extra"> {
  const said = Object.entries(objectIn(extension, "extra")).map(([name, value]) => [
    name,
    extraText(value),
  ]);
  return {
    kind: textIn(extension, "kind") as Kind,
    family: verbatim(extension, "family"),
    eventId: verbatim(extension, "event_id"),
    confidence: wholeNumber(object["confidence"], 0, 100),
    tlp: context.tlpOf(object) ?? tlp,
    extra: Object.fromEntries([["tocsin.feed", textIn(extension, "feed")], ...said]) as Record<
      string,
      string
    >,
  };
}

/** What all observations of a pattern ask for together; `undefined` if there is more than one way. */
function equalsIn(pattern: string): readonly Equal[] | undefined {
  const ways = parsePattern(pattern)?.map((one) => alternativesOf(one, () => true));
  if (!ways?.every((of) => of?.length === 1)) return undefined;
  return ways.flatMap((of) => of![0]!);
}

function placeOf(address: string, host: string, port: string): Place {
  const number = wholeNumber(port, 1, 65_535);
  return {
    ...(address === "" ? {} : readAddress(address) ? { address } : { address: `?${address}` }),
    ...(host === "" ? {} : { host }),
    ...(number === undefined ? {} : { port: number }),
  };
}

/** A text as it is, with the blanks around it. */
function verbatim(object: JsonObject, name: string): string {
  const value = own(object, name);
  return typeof value === "string" ? value : "";
}
