import { rsitOf } from "../shared/direction.ts";
import type { Outgoing } from "../shared/outgoing.ts";
import { ownUuid } from "../shared/uuid.ts";
import type { StixObject } from "./observables.ts";

/** Our property extension: what of an observation STIX has no property for (docs/exchange.md). The id never changes. */
export const EXTENSION = "extension-definition--c5dc4e4c-4078-4593-89de-f446b6b15d13";
/** Who makes the extension and says what we say. */
const MAKER = "identity--0326a52a-90da-4b06-9fcd-37b6acf91d3d";
/** When what is the same in every bundle was made. */
export const MADE = "2026-11-26T00:00:00.000Z";

/** The objects that every bundle has. */
export const lasting: readonly StixObject[] = [
  {
    type: "identity",
    spec_version: "2.1",
    id: MAKER,
    created: MADE,
    modified: MADE,
    name: "Tocsin",
    identity_class: "system",
  },
  {
    type: "extension-definition",
    spec_version: "2.1",
    id: EXTENSION,
    created_by_ref: MAKER,
    created: MADE,
    modified: MADE,
    name: "Tocsin observation",
    description:
      "What an observation of a CSIRT says of victim and origin that STIX has no property for: its kind, which end is the victim, " +
      "the family and the feed's own id of the event.",
    schema: "docs/exchange.md of Tocsin",
    version: "1.0.0",
    extension_types: ["property-extension"],
  },
];

const markings: Readonly<Record<string, readonly [label: string, uuid: string]>> = {
  clear: ["TLP:CLEAR", "94868c89-83c2-464b-929b-a1a8aa3c8487"],
  green: ["TLP:GREEN", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],
  amber: ["TLP:AMBER", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"],
  "amber+strict": ["TLP:AMBER+STRICT", "939a9414-2ddd-4d32-a0cd-375ea402b003"],
  red: ["TLP:RED", "e828b379-4e03-4974-9ac4-e53a884c97c1"],
};

/** The marking of TLP 2.0, as its definition in STIX has it; a label that is not known is the strictest. */
export function markingOf(tlp: string): StixObject {
  const known = Object.hasOwn(markings, tlp) ? tlp : "red";
  const [name, uuid] = markings[known]!;
  return {
    type: "marking-definition",
    spec_version: "2.1",
    id: `marking-definition--${uuid}`,
    created: "2022-10-01T00:00:00.000Z",
    name,
    extensions: {
      "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {
        extension_type: "property-extension",
        tlp_2_0: known,
      },
    },
  };
}

/** The family, as a malware that others may speak of. */
export function malwareOf(family: string): StixObject {
  return {
    type: "malware",
    spec_version: "2.1",
    id: `malware--${ownUuid("malware", family)}`,
    created_by_ref: MAKER,
    created: MADE,
    modified: MADE,
    name: family,
    is_family: true,
  };
}

/** The members that all objects have which say something of an observation. */
export function statement(type: string, out: Outgoing): StixObject {
  const time = moment(out.seenAt);
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${ownUuid(type, out.feed, out.identity)}`,
    created_by_ref: MAKER,
    created: time,
    modified: time,
    object_marking_refs: [markingOf(out.tlp).id],
  };
}

/** What STIX has no property for, whatever the object. */
export function extensionOf(out: Outgoing, more: object): object {
  return {
    [EXTENSION]: {
      extension_type: "property-extension",
      kind: out.kind,
      ...(out.family === "" ? {} : { family: out.family }),
      ...(out.eventId === "" ? {} : { event_id: out.eventId }),
      feed: out.feed,
      ...more,
      ...(Object.keys(out.extra).length === 0 ? {} : { extra: out.extra }),
    },
  };
}

/** The classification as a machine tag, and how sure the feed is. */
export function labelled({ kind, confidence }: Outgoing): object {
  const { of, type } = rsitOf(kind);
  return { labels: [`rsit:${of}="${type}"`], ...(confidence === null ? {} : { confidence }) };
}

/** A time with three digits of a second. */
export function moment(time: string): string {
  return new Date(time).toISOString();
}
