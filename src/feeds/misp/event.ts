import type { Tlp } from "../../core/marking/index.ts";
import type { Kind } from "../../core/taxonomy/index.ts";
import { type JsonObject, objectIn, objectsIn, textIn } from "../shared/document/index.ts";
import {
  familyName,
  familyRank,
  readTags,
  strictest,
  type TagFacts,
} from "../shared/labels/index.ts";

/** What an event says of all its attributes. */
export interface EventFacts {
  readonly tlp?: Tlp;
  readonly kind?: Kind;
  readonly family?: string;
  readonly info: string;
  readonly date: string;
  /** Seconds since 1970, or `""`. */
  readonly timestamp: string;
  /** No attribute of the event is an indicator by its flag: whoever made it does not use the flag. */
  readonly flagless?: boolean;
  /** For `extra`. */
  readonly extra: Readonly<Record<string, string>>;
}

/** An event of which nothing is known: that of an attribute which stands by itself. */
export const noEvent: EventFacts = { info: "", date: "", timestamp: "", extra: {} };

/** Reads an event without its attributes and objects. */
export function readEvent(event: JsonObject): EventFacts {
  const extra = {
    "Event.uuid": textIn(event, "uuid"),
    "Event.info": textIn(event, "info"),
    "Event.Orgc.name": textIn(objectIn(event, "Orgc"), "name"),
    "Event.threat_level_id": textIn(event, "threat_level_id"),
    "Event.analysis": textIn(event, "analysis"),
  };
  return {
    ...factsOf(event),
    info: textIn(event, "info"),
    date: textIn(event, "date"),
    timestamp: textIn(event, "timestamp"),
    extra: Object.fromEntries(Object.entries(extra).filter(([, text]) => text !== "")),
  };
}

/** What the tags and galaxies of an event, an object or an attribute say. */
export function factsOf(object: JsonObject): TagFacts {
  const facts = readTags(tagsOf(object));
  const family = familyInGalaxies(object) ?? facts.family;
  return family === undefined ? facts : { ...facts, family };
}

/** The names of tags; some tools write the names alone. */
export function tagsOf(object: JsonObject): string[] {
  const texts = [object["Tag"]].flat().filter((tag) => typeof tag === "string");
  return [...texts, ...objectsIn(object, "Tag").map((tag) => textIn(tag, "name"))];
}

function familyInGalaxies(object: JsonObject): string | undefined {
  const clusters = objectsIn(object, "Galaxy").flatMap((galaxy) =>
    objectsIn(galaxy, "GalaxyCluster").map((cluster) => ({
      rank: familyRank(textIn(galaxy, "type") || textIn(cluster, "type")),
      name: textIn(cluster, "value"),
    })),
  );
  const [best] = clusters
    .filter(({ rank, name }) => rank >= 0 && name !== "")
    .sort((a, b) => a.rank - b.rank);
  return best && familyName(best.name);
}

/** The facts of the nearer one first; the TLP is the most restricted. */
export function nearest(...facts: readonly TagFacts[]): TagFacts {
  const tlp = strictest(facts.map((one) => one.tlp));
  return {
    ...facts.toReversed().reduce((all, one) => ({ ...all, ...one }), {}),
    ...(tlp && { tlp }),
  };
}
