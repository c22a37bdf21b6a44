import { parseTlp, type Tlp } from "../../core/marking/index.ts";
import {
  type ElementReader,
  isJsonObject,
  type JsonObject,
  objectIn,
  objectsIn,
  type Span,
  textIn,
  textsIn,
} from "../shared/document/index.ts";
import { strictest } from "../shared/labels/index.ts";

/** A relationship, from the side of one of its ends. */
export interface Link {
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** The marking definitions of TLP 2 and TLP 1, which a bundle need not bring along. */
const tlpMarkings: Readonly<Record<string, Tlp>> = {
  "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "clear",
  "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "green",
  "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "amber",
  "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "amber+strict",
  "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "red",
  "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "clear",
  "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
  "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "amber",
  "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
};

/** Types whose objects other objects speak of. */
const kept = new Set(
  (
    "malware tool infrastructure location autonomous-system ipv4-addr ipv6-addr " +
    "domain-name url network-traffic"
  ).split(" "),
);

/** What the objects of a document say of each other. */
export class StixContext {
  readonly #elements: ElementReader;
  readonly #objects = new Map<string, JsonObject>();
  readonly #spans = new Map<string, Span>();
  readonly #links = new Map<string, Link[]>();
  readonly #markings = new Map<string, Tlp>(Object.entries(tlpMarkings));
  /** By the observed data that they refer to. */
  readonly #sightings = new Map<string, JsonObject>();

  constructor(elements: ElementReader) {
    this.#elements = elements;
  }

  /** Notes an object of the document. */
  add(object: JsonObject, span: Span): void {
    const id = textIn(object, "id");
    const type = textIn(object, "type");
    if (type === "relationship") this.#addLink(object);
    else if (type === "marking-definition") this.#addMarking(id, object);
    else if (type === "sighting")
      for (const ref of textsIn(object, "observed_data_refs")) this.#sightings.set(ref, object);
    else if (kept.has(type)) this.#objects.set(id, object);
    else if (type === "indicator" || type === "observed-data") this.#spans.set(id, span);
  }

  /** The object of this id, if the document has it. */
  find(id: string): JsonObject | undefined {
    const object = this.#objects.get(id);
    if (object) return object;
    const span = this.#spans.get(id);
    return span && this.#elements.peek(span);
  }

  /** The objects of this type that the object is linked with by one of these relationships, either way round. */
  linked(id: string, types: ReadonlySet<string>, relations: RegExp): JsonObject[] {
    return this.linksOf(id)
      .filter(({ type }) => relations.test(type))
      .map((link) => (link.from === id ? link.to : link.from))
      .filter((other) => types.has(other.split("--", 1)[0]!))
      .map((other) => this.find(other))
      .filter((object) => object !== undefined);
  }

  linksOf(id: string): readonly Link[] {
    return this.#links.get(id) ?? [];
  }

  sightingOf(observedData: string): JsonObject | undefined {
    return this.#sightings.get(observedData);
  }

  /** The most restricted TLP that an object is marked with. */
  tlpOf(object: JsonObject): Tlp | undefined {
    const granular = objectsIn(object, "granular_markings").map((one) =>
      textIn(one, "marking_ref"),
    );
    const refs = [...textsIn(object, "object_marking_refs"), ...granular];
    return strictest(refs.map((ref) => this.#markings.get(ref)));
  }

  #addLink(object: JsonObject): void {
    const link = {
      type: textIn(object, "relationship_type").toLowerCase(),
      from: textIn(object, "source_ref"),
      to: textIn(object, "target_ref"),
    };
    for (const end of new Set([link.from, link.to])) {
      const links = this.#links.get(end);
      if (links) links.push(link);
      else this.#links.set(end, [link]);
    }
  }

  #addMarking(id: string, object: JsonObject): void {
    const extensions = Object.values(objectIn(object, "extensions")).filter(isJsonObject);
    const second = extensions.map((extension) => textIn(extension, "tlp_2_0"));
    const texts = [
      textIn(objectIn(object, "definition"), "tlp"),
      ...second,
      textIn(object, "name"),
    ];
    const tlp = texts.map(parseTlp).find((label) => label !== undefined);
    if (tlp) this.#markings.set(id, tlp);
  }
}
