import type { Tlp } from "../../core/marking/index.ts";
import type { SkipReason } from "../../core/observation/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";
import {
  firstMoment,
  type Found,
  isJsonObject,
  type JsonObject,
  objectIn,
  othersOf,
  readMoment,
  textIn,
  textsIn,
  wholeNumber,
} from "../shared/document/index.ts";
import { readTags, strictest } from "../shared/labels/index.ts";
import type { StixContext } from "./context.ts";
import { familyOf } from "./family.ts";
import { kindOfIndicator, kindOfInfrastructure, labelsOf, saidKind } from "./kind.ts";
import { type Resolve, resolveAll, sightedInObservables } from "./observables.ts";
import { ownIndicator, ownObservedData } from "./own-export.ts";
import { sightedInPattern } from "./sighted-in-pattern.ts";
import { type Sighted, sidesOf } from "./sighted.ts";

/** What an object asserts, or why it cannot be read, or asserts nothing. None: it names no host. */
export type Assertions =
  | readonly Found[]
  | { readonly skipped: SkipReason }
  | "syntax-invalid"
  | "field-invalid";

/** Reads an object in its document. */
export type Assert = (object: JsonObject, context: StixContext, tlp: Tlp) => Assertions;

const MOST_TIMES = 999_999_999;
const withdrawn = { skipped: "withdrawn" } as const;
const aboutOthers = { skipped: "context" } as const;

/** By the type of the object; the others speak of no host, or only of those that these name. */
export const assertions: Readonly<Record<string, Assert>> = {
  indicator: assertIndicator,
  "observed-data": assertObservedData,
  infrastructure: assertInfrastructure,
  relationship: assertRelationship,
  sighting: assertSighting,
};

function assertIndicator(indicator: JsonObject, context: StixContext, tlp: Tlp): Assertions {
  if (indicator["revoked"] === true) return withdrawn;
  if (labelsOf(indicator).includes("benign")) return { skipped: "no-report" };
  const ours = ownIndicator(indicator, context, tlp);
  if (ours) return ours;
  const patternType = textIn(indicator, "pattern_type").toLowerCase();
  if (patternType !== "" && patternType !== "stix") return { skipped: "foreign-pattern" };
  const pattern = textIn(indicator, "pattern");
  if (pattern === "") return "field-invalid";
  const sighted = sightedInPattern(pattern);
  if (!sighted) return "syntax-invalid";
  const base = {
    ...common(indicator, context, tlp),
    seenAt: firstMoment(indicator["valid_from"], indicator["created"], indicator["modified"]),
  };
  return sighted.map((one) =>
    found(base, one, kindOfIndicator(indicator, context, one.url !== undefined)),
  );
}

function assertObservedData(data: JsonObject, context: StixContext, tlp: Tlp): Assertions {
  if (data["revoked"] === true) return withdrawn;
  const ours = ownObservedData(data, context, tlp);
  if (ours) return ours;
  if (isReference(data)) return { skipped: "reference" };
  const own = objectIn(data, "objects");
  const within: Resolve = (ref) => {
    const object = Object.hasOwn(own, ref) ? own[ref] : undefined;
    return isJsonObject(object) ? object : context.find(ref);
  };
  const named = resolveAll(textsIn(data, "object_refs"), within);
  const objects = [...Object.values(own).filter(isJsonObject), ...named];
  const sighting = context.sightingOf(textIn(data, "id"));
  const base = {
    ...common(data, context, tlp),
    seenAt: firstMoment(data["first_observed"], data["created"]),
    seenUntil: readMoment(data["last_observed"]),
    count: wholeNumber(data["number_observed"], 1, MOST_TIMES),
  };
  const seen = sighting ? context.find(textIn(sighting, "sighting_of_ref")) : undefined;
  const family = base.family || (seen ? familyOfSeen(seen, context) : "");
  return sightedInObservables(objects, within).map((one) =>
    found({ ...base, family }, one, kindOfObserved(data, seen, one, context)),
  );
}

/** A URL at which one can read more: an attribute of MISP that its STIX has as observed data, by the labels that tell of it. */
function isReference(data: JsonObject): boolean {
  const labels = labelsOf(data);
  const says = (pattern: RegExp): boolean => labels.some((label) => pattern.test(label));
  return (
    says(/^misp:category="(external analysis|internal reference)"$/i) &&
    says(/^misp:type="(url|link)"$/i) &&
    !says(/^misp:to_ids="true"$/i)
  );
}

/** What is observed is of the kind that it says, or of what was sighted in it, or of the indicator that was made of it. */
function kindOfObserved(
  data: JsonObject,
  seen: JsonObject | undefined,
  one: Sighted,
  context: StixContext,
): Kind {
  const tagged = readTags(labelsOf(data)).kind;
  if (tagged) return tagged;
  const based = context.linked(textIn(data, "id"), new Set(["indicator"]), /^based-on$/);
  return kindOfSeen(seen ?? based[0], one, context) ?? saidKind(data) ?? "undetermined";
}

function kindOfSeen(
  seen: JsonObject | undefined,
  one: Sighted,
  context: StixContext,
): Kind | undefined {
  const type = seen ? textIn(seen, "type") : "";
  if (type === "indicator") return kindOfIndicator(seen!, context, one.url !== undefined);
  if (type === "infrastructure") return kindOfInfrastructure(seen!);
  return type === "malware" ? "infected-system" : undefined;
}

function familyOfSeen(seen: JsonObject, context: StixContext): string {
  const program = textIn(seen, "type") === "malware" || textIn(seen, "type") === "tool";
  return program ? textIn(seen, "name") : familyOf(seen, labelsOf(seen), context);
}

/** The hosts that a piece of infrastructure consists of. */
function assertInfrastructure(object: JsonObject, context: StixContext, tlp: Tlp): Assertions {
  if (object["revoked"] === true) return withdrawn;
  const id = textIn(object, "id");
  const links = context
    .linksOf(id)
    .filter(({ from, type }) => from === id && type === "consists-of");
  const parts = resolveAll(
    links.map(({ to }) => to),
    (ref) => context.find(ref),
  );
  const base = {
    ...common(object, context, tlp),
    seenAt: firstMoment(object["first_seen"], object["created"], object["modified"]),
    seenUntil: readMoment(object["last_seen"]),
  };
  const kind = kindOfInfrastructure(object);
  return sightedInObservables(parts, (ref) => context.find(ref)).map((one) =>
    found(base, one, kind),
  );
}

const control = /^(communicates-with|beacons-to|exfiltrates-to)$/;

/** That malware talks to a host makes the host its C2 server. */
function assertRelationship(link: JsonObject, context: StixContext, tlp: Tlp): Assertions {
  const source = textIn(link, "source_ref");
  if (link["revoked"] === true) return withdrawn;
  if (!control.test(textIn(link, "relationship_type"))) return aboutOthers;
  if (!/^(malware|tool)--/.test(source)) return aboutOthers;
  const target = context.find(textIn(link, "target_ref"));
  const base = {
    ...common(link, context, tlp),
    family: textIn(context.find(source) ?? {}, "name"),
    seenAt: firstMoment(link["start_time"], link["created"], link["modified"]),
    seenUntil: readMoment(link["stop_time"]),
  };
  return sightedInObservables(target ? [target] : [], (ref) => context.find(ref)).map((one) =>
    found(base, one, "c2-server"),
  );
}

/** A sighting without observed data says that what an indicator points at was seen; with them, they are read in its light. */
function assertSighting(sighting: JsonObject, context: StixContext, tlp: Tlp): Assertions {
  if (sighting["revoked"] === true) return withdrawn;
  if (textsIn(sighting, "observed_data_refs").length > 0) return aboutOthers;
  const seen = context.find(textIn(sighting, "sighting_of_ref"));
  if (!seen) return aboutOthers;
  const assert = { indicator: assertIndicator, infrastructure: assertInfrastructure }[
    textIn(seen, "type")
  ];
  const asserted = assert?.(seen, context, tlp) ?? [];
  // What is wrong with the indicator is told of the indicator.
  if (typeof asserted === "string" || "skipped" in asserted) return aboutOthers;
  const base = common(sighting, context, tlp);
  const times = wholeNumber(sighting["count"], 1, MOST_TIMES);
  return asserted.map((one) => ({
    ...one,
    eventId: base.eventId ?? "",
    tlp: strictest([context.tlpOf(sighting), one.tlp])!,
    seenAt: firstMoment(sighting["first_seen"], sighting["last_seen"], sighting["created"]),
    seenUntil: readMoment(sighting["last_seen"]),
    count: times,
    extra: { ...one.extra, ...base.extra },
  }));
}

type Base = Omit<Found, "kind" | "seenAt">;

const taken = new Set(
  (
    "type id spec_version pattern_type pattern_version created modified valid_from " +
    "confidence object_marking_refs granular_markings extensions first_observed " +
    "last_observed number_observed objects object_refs first_seen last_seen count lang " +
    "revoked"
  ).split(" "),
);

/** What objects of all types say of themselves. */
function common(object: JsonObject, context: StixContext, tlp: Tlp): Base {
  const labels = labelsOf(object);
  return {
    family: familyOf(object, labels, context),
    eventId: textIn(object, "id"),
    confidence: wholeNumber(object["confidence"], 0, 100),
    tlp: context.tlpOf(object) ?? readTags(labels).tlp ?? tlp,
    extra: othersOf(object, taken),
  };
}

function found(base: Base & Pick<Found, "seenAt">, one: Sighted, kind: Kind): Found {
  const sides = sidesOf(one, kind);
  return { ...base, ...sides, extra: { ...base.extra, ...sides.extra } };
}
