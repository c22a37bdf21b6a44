import { parseTlp, type Tlp } from "../../core/marking/index.ts";
import type { RefusalReason } from "../../core/observation/index.ts";
import { isKind } from "../../core/taxonomy/index.ts";
import {
  extraText,
  type Found,
  isJsonObject,
  type Place,
  readMoment,
  wholeNumber,
} from "../shared/document/index.ts";

/** A field of a record by its name; `""` if it has none. */
export type Field = (name: string) => string;

/** The fields by which a record of ours is known from others. */
export const tellingFields = ["seenAt", "kind", "victim", "origin", "tlp", "identity"] as const;

/** Where and what the exporting Tocsin said of the row that no field takes, by the name under which it is kept. */
const kept = ["feed", "victimCountry", "victimAsn", "originCountry", "originAsn"] as const;

const MOST_TIMES = 0xffffffff;

/** Reads a record of an export, or says why it cannot be read. */
export function readRecord(field: Field, tlp: Tlp): Found | RefusalReason {
  const kind = field("kind");
  const marking = field("tlp") === "" ? tlp : parseTlp(field("tlp"));
  const [victim, origin] = [placeOf(field, "victim"), placeOf(field, "origin")];
  if (!isKind(kind) || !marking || !victim || !origin) return "field-invalid";
  return {
    kind,
    seenAt: readMoment(field("seenAt")),
    seenUntil: readMoment(field("seenUntil")),
    victim,
    origin,
    protocol: field("protocol"),
    family: field("family"),
    url: field("url"),
    eventId: field("eventId"),
    count: wholeNumber(field("count"), 1, MOST_TIMES),
    confidence: wholeNumber(field("confidence"), 0, 100),
    tlp: marking,
    extra: { ...keptOf(field), ...extraOf(field("extra")) },
  };
}

function placeOf(field: Field, side: "victim" | "origin"): Place | undefined {
  const port = field(`${side}Port`) || "0";
  const number = wholeNumber(port, 0, 65_535);
  const host = field(`${side}Host`);
  if (number === undefined) return undefined;
  return { address: field(side), port: number, ...(host === "" ? {} : { host }) };
}

function keptOf(field: Field): Record<string, string> {
  const said = kept.map((name) => [`tocsin.${name}`, field(name)] as const);
  return Object.fromEntries(said.filter(([, text]) => text !== "" && text !== "0"));
}

/** What the first feed said besides; a text that is no JSON object is kept as it is. */
function extraOf(text: string): Record<string, string> {
  if (text === "") return {};
  const members = parseJson(text);
  if (!isJsonObject(members)) return { extra: text };
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, extraText(value)] as const),
  );
}

/** The value of a JSON text; `undefined` if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Who asked knows what to do with a text that is no JSON.
    return undefined;
  }
}
